/* An http or https endpoint. */
import {probe} from './probe.ts';

export const http = probe({
	summary: 'one GET; up is the expected status, with the expected text',
	docs: {
		url: 'address that is asked',
		'expect.status': 'status that counts as up, or a list of them; 200 to 299 unless set',
		'expect.body': 'text that the answer must hold',
		'headers.*': 'header of the request: a text, or `{secret: NAME}` of an environment variable',
		auth: '`{bearer: NAME}`, or `{user: …, password: NAME}`, by the names of environment variables',
		proxy: 'with `none` it is asked directly, whatever HTTP_PROXY, HTTPS_PROXY and ALL_PROXY say',
		insecure: 'with `true` its certificate is not verified, and the board says so',
		follow: 'whether redirects are followed',
		version: 'address that tells which version runs; after a rollback it must be the one from before T0',
	},
	keys(z, {text, url, variable}) {
		const status = z.number().check(
			z.refine(value => Number.isInteger(value) && value >= 100 && value <= 599, {
				error: 'settings-type:an HTTP status',
			}),
		);
		const headerText = text.check(z.regex(/^[\x20-\x7e]+$/, {error: 'settings-type:a text in one line of ASCII'}));
		const header = z.string().check(z.regex(/^[\w!#$%&'*+.^`|~-]+$/, {error: 'settings-type:the name of a header'}));
		return {
			url,
			expect: z.optional(
				z.strictObject({status: z.optional(z.union([status, z.array(status)])), body: z.optional(text)}),
			),
			headers: z.optional(z.record(header, z.union([headerText, z.strictObject({secret: variable})]))),
			auth: z.optional(
				z.union([z.strictObject({bearer: variable}), z.strictObject({user: headerText, password: variable})]),
			),
			proxy: z.optional(z.enum(['none'])),
			insecure: z.optional(z.boolean()),
			follow: z.optional(z.boolean()),
			version: z.optional(url),
		};
	},
	target: ({url}) => url,
	variables: ({headers = {}, auth}) => [
		...Object.values(headers).flatMap(value => (typeof value === 'string' ? [] : [value.secret])),
		...(auth === undefined ? [] : ['bearer' in auth ? auth.bearer : auth.password]),
	],
	ask: async (endpoint, context) => (await import('./ask-http.ts')).askHttp(endpoint, context),
});
