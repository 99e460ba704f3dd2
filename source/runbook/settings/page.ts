/* What the settings say of the page: where it is served, and where it is written to. */
import * as z from 'zod/mini';
import {type SignIn, usualPlace} from '../../cutover/model/page.ts';
import type {LinkStrength} from '../../cutover/model/person.ts';
import type {Runbook} from '../../cutover/model/runbook.ts';
import {isRoot} from '../../net/host.ts';
import {isOwn, placeOf} from '../../net/listen-address.ts';
import {defined} from '../../text/fields.ts';
import {anyPath, lacking, text, variable} from './schemas.ts';
import {optional, programAt, required, setting} from './setting.ts';
import {secureUrl} from './shape.ts';

const listens = text.check(
	z.refine(value => placeOf(value) !== null, {
		error: 'settings-type:127.0.0.1:8440, another address with its port, or unix:/PATH',
	}),
);

const readersUrl = secureUrl.check(
	z.refine(isRoot, {error: 'settings-url:has more than host and port: the links of the page begin at its root'}),
);

/** What others reach over plain HTTP would be read on the way. */
const serve = z
	.strictObject({
		listen: optional(
			listens,
			'address and port, or `unix:/PATH`, that the live page ([people.md](people.md)) is served on from begin to close; `127.0.0.1:8440` unless set; an address that others reach takes `tls`',
		),
		url: optional(
			readersUrl,
			'what links begin with, of the page and of people, where a proxy or another name is in front of it',
		),
		tls: z.optional(
			z.strictObject({
				cert: required(anyPath, 'PEM file of the certificate with its chain; read again when it changes'),
				key: required(anyPath, 'PEM file of its key'),
			}),
		),
		view: optional(
			z.enum(['link', 'open']),
			'`link`, unless set: the page is for whoever has its link; `open`: for whoever reaches the address',
		),
	})
	.check(
		lacking<{listen?: string | undefined; url?: string | undefined; tls?: object | undefined}>((value, lack) => {
			const place = placeOf(value.listen ?? usualPlace);
			if (place === null) return;
			if (!isOwn(place) && value.tls === undefined)
				lack('listen', 'a loopback address or unix:/PATH, or have tls beside it');
			if (('socket' in place || !isOwn(place)) && value.url === undefined) lack('url', 'the address that readers open');
		}),
	);

/** Not what a browser sends by itself, nor that by which the proxy is known. */
const identityHeader = z.string().check(
	z.regex(/^(?!(?:x-cutover-secret|cookie|host|origin|authorization)$)[a-z][a-z\d-]*$/i, {
		error: 'settings-type:the name of a header that only the proxy sets, such as X-Forwarded-Email',
	}),
);

/** One who signs people in, and what is of that one. */
const identity = z
	.strictObject({
		header: optional(
			identityHeader,
			'header in which the proxy before the socket of `serve` says the mail address of who is signed in ([people.md](people.md))',
		),
		oidc: optional(
			secureUrl,
			'or the issuer of a provider of OpenID Connect, which the page sends people to; it sends them back to `/signed-in` of `serve.url`',
		),
		client: optional(text, 'client id that this page has at the provider'),
		secret: required(
			variable,
			'name of the environment variable with the secret: of `header` what this proxy sends in `X-Cutover-Secret`, at least 16 characters, without which nobody is answered; of `oidc` the client secret',
		),
		claim: optional(
			text,
			'claim of the provider that holds the mail address, such as `preferred_username`; `email`, which it has verified, unless set',
		),
	})
	.check(
		lacking<Readonly<Record<string, string | undefined>>>((value, lack) => {
			if ((value.header === undefined) === (value.oidc === undefined)) lack('header', 'either header or oidc');
			if (value.oidc !== undefined && value.client === undefined)
				lack('client', 'the name of this page at the provider');
			for (const key of ['client', 'claim'] as const)
				if (value.oidc === undefined && value[key] !== undefined) lack(key, 'oidc beside it');
		}),
	);

const signInOf = ({header, oidc, client, secret, claim}: z.infer<typeof identity>): SignIn =>
	oidc === undefined
		? {header: header ?? '', secret}
		: {oidc, client: client ?? '', secret, ...(claim === undefined ? {} : {claim})};

/** Whether something signs people in as surely as this; a link, and its digits, take nobody who does. */
export const signsIn = ({identity: by}: Pick<Runbook, 'identity'>, strength: LinkStrength): boolean =>
	strength === 'oidc' ? by !== undefined && 'oidc' in by : strength !== 'proxy' || by !== undefined;

export const page = {
	serve: setting({
		schema: serve,
		apply: (draft, {listen = usualPlace, url, tls, view}) => ({
			...draft,
			serve: {
				listen,
				url: url?.replace(/\/+$/, '') ?? null,
				...defined({tls, open: view === 'open' ? (true as const) : undefined}),
			},
		}),
	}),
	identity: setting({
		schema: identity,
		apply: (draft, given) => ({...draft, identity: signInOf(given)}),
		check({secret, oidc}, {runbook, workspace, complain, at, keyAt}) {
			if (oidc === undefined && !runbook.serve?.listen.startsWith('unix:')) complain('settings-identity', keyAt(), {});
			if (oidc !== undefined && !runbook.serve?.url) complain('settings-oidc', keyAt(), {});
			if (workspace.isSet?.(secret) === false) complain('settings-identity-unset', at('secret'), {name: secret});
			if (runbook.mails === undefined) complain('settings-identity-nobody', keyAt(), {});
		},
	}),
	publish: setting({
		schema: z
			.strictObject({
				file: optional(
					anyPath,
					'file that the page is written to whenever it changes, from begin to close; it opens no port',
				),
				command: optional(
					text,
					'command that gets the page on its standard input then: a program or script of the workspace',
				),
			})
			.check(
				z.refine(({file, command}) => file !== undefined || command !== undefined, {
					error: 'settings-type:file or command',
				}),
			),
		apply: (draft, {file, command}) => ({
			...draft,
			publish: defined({file, command}),
		}),
		paths: ({command}) => (command === undefined ? [] : programAt(command, 'command')),
	}),
};
