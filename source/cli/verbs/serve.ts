/*
`serve`: the live page of a cutover, until it is over or a signal arrives. Where the settings have `serve`, the page is served
anyway, and this prints its link.
*/

import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {statusWord} from '../../cutover/decide/refusal.ts';
import {type Serve, usualPlace} from '../../cutover/model/page.ts';
import {isOver} from '../../cutover/model/state.ts';
import {errnoOf, ifExists, isSystemError} from '../../disk/fault.ts';
import {bare, isLoopback, isRoot} from '../../net/host.ts';
import {pause} from '../../net/limit.ts';
import {isOwn, placeOf} from '../../net/listen-address.ts';
import {authoritiesOf} from '../../processes/environment.ts';
import {pageAddress, pageComplaints, readersLink, viewCode} from '../../processes/page-process.ts';
import {errorText, lastLine} from '../../text/error-text.ts';
import type {Args} from '../args.ts';
import {choose} from '../choose.ts';
import {closing, type Opened} from '../compose.ts';
import {say, tell} from '../io.ts';
import {pageSource, untilOver} from '../page.ts';
import {type ServeWorld, startServing} from '../serving.ts';
import {UsageError} from '../usage-error.ts';

function urlIn(call: Args): string | null {
	const given = call.text('url');
	const url = given === null ? null : URL.parse(given);
	const wrong = (why: string): UsageError =>
		new UsageError(`"${given}" ${why}. Write what readers open, such as https://cutover.example.org.`);
	if (given === null) return null;
	if (url === null || !/^https?:$/.test(url.protocol)) throw wrong('is not an address');
	if (!isRoot(given)) throw wrong('has more than host and port, and the links of the page begin at its root');
	if (url.protocol === 'http:' && !isLoopback(bare(url.hostname)))
		throw wrong('is plain HTTP, which is read on the way');
	return given.replace(/\/+$/, '');
}

function tlsIn(call: Args): Serve['tls'] {
	const [cert, key] = [call.text('cert'), call.text('key')];
	if (cert === null && key === null) return undefined;
	if (cert === null || key === null) throw new UsageError('TLS takes both --cert FILE and --key FILE.');
	return {cert: resolve(call.io.cwd, cert), key: resolve(call.io.cwd, key)};
}

/** What the options say. Throws UsageError where readers' words could be read on the way. */
function serveIn(call: Args, usualUrl: string | null): Serve {
	const listen = call.text('listen') ?? usualPlace;
	const place = placeOf(listen);
	const tls = tlsIn(call);
	const url = urlIn(call) ?? usualUrl;
	if (place === null)
		throw new UsageError(
			`"${listen}" is not an address to listen on. Write 127.0.0.1:8440 or unix:/run/cutover/web.sock.`,
		);
	if (!isOwn(place) && (tls === undefined || url === null))
		throw new UsageError(
			`${listen} is reached by others: that takes --cert FILE, --key FILE and --url ADDRESS. Or listen on a loopback address, and reach it by ssh -L or by a proxy with TLS.`,
		);
	if ('socket' in place && url === null)
		throw new UsageError(
			'Say with --url by which address readers come to the socket, such as https://cutover.example.org.',
		);
	return {listen, url, ...(tls === undefined ? {} : {tls}), ...(call.flag('open') ? {open: true} : {})};
}

const settled = ['listen', 'url', 'cert', 'key'];

/** Whether the settings serve it. Throws UsageError where they do, and `--open` wants otherwise. */
function isBySettings(call: Args, serve: Serve): boolean {
	if (!settled.every(name => call.text(name) === null)) return false;
	if (call.flag('open') && !serve.open)
		throw new UsageError(
			'The settings serve the page, to whoever has its link: set serve.view to open there, or say another address with --listen.',
		);
	return true;
}

const waitMs = 10_000;
const lookMs = 100;

/** The link of the process that serves by the settings; started where it does not run yet. */
async function linkBySettings(call: Args, opened: Opened, serve: Serve): Promise<number> {
	const {folder, clock} = opened;
	const until = clock.steady() + waitMs;
	for (;;) {
		await opened.reconcile();
		const address = pageAddress(folder);
		if (address !== null) {
			say(call.io, readersLink(serve, address, serve.open ? null : viewCode(folder)));
			return 0;
		}
		if (clock.steady() > until) break;
		await pause(clock, lookMs);
	}
	const said = lastLine(ifExists(() => readFileSync(pageComplaints(folder), 'utf8')) ?? '');
	tell(
		call.io,
		`The page is not served${said === '' ? '' : `: ${said}`}. Its process is started again within a minute.`,
	);
	return 3;
}

/** An address of the command line is served without it, unless it is a socket as well, or one that a provider can send people back to. */
function signInOf({io}: Args, {journal, folder}: Opened, {listen, url}: Serve): ServeWorld['signIn'] {
	const state = journal.state();
	const by = state.runbook?.identity;
	if (by === undefined || ('oidc' in by ? url === null : !listen.startsWith('unix:'))) return null;
	return {by, env: io.env, ca: authoritiesOf(folder, state)};
}

/** Throws UsageError where nobody can listen there. */
async function listening(world: ServeWorld): ReturnType<typeof startServing> {
	try {
		return await startServing(world);
	} catch (error) {
		if (!isSystemError(error) || !/^listen /.test(errorText(error))) throw error;
		const why = errnoOf(error) === 'EADDRINUSE' ? 'something else listens there: see ss -ltnp' : errorText(error);
		throw new UsageError(`${world.serve.listen} cannot be taken: ${why}. Name another address (--listen ADDRESS).`);
	}
}

async function serveHere(call: Args, opened: Opened, serve: Serve): Promise<number> {
	const code = serve.open ? null : viewCode(opened.folder);
	const {address, stop} = await listening({
		serve,
		source: pageSource(opened),
		clock: opened.clock,
		code,
		signIn: signInOf(call, opened, serve),
		acts: opened,
		log: line => tell(call.io, line),
	});
	say(call.io, readersLink(serve, address, code));
	return untilOver(call.io, opened).finally(stop);
}

export const run = async (call: Args): Promise<number> =>
	closing(await choose(call, 'act'), opened => {
		const state = opened.journal.state();
		if (isOver(state.status)) {
			const why = `${opened.id} is ${statusWord(state.status)}: its page changes no more, and is served no more.`;
			tell(call.io, `${why} Write it once: cutover-tui publish FILE --once.`);
			return 1;
		}
		const bySettings = state.rehearsal === null ? state.runbook?.serve : undefined;
		return bySettings !== undefined && isBySettings(call, bySettings)
			? linkBySettings(call, opened, bySettings)
			: serveHere(call, opened, serveIn(call, state.runbook?.serve?.url ?? null));
	});
