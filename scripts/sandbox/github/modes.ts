/** How the fake GitHub misbehaves: for each kind of request, what it does and what it answers, once or always. */

export const kinds = [
	'repository',
	'workflow',
	'contents',
	'environment',
	'user',
	'runs',
	'dispatch',
	'run',
	'jobs',
	'pending',
	'approvals',
	'review',
	'log',
	'storage',
	'cancel',
	'force-cancel',
] as const;

export type Kind = (typeof kinds)[number];

export type Sent = {
	readonly status: number;
	/** Text goes out as it is, anything else as JSON. */
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
};

/**
 * `does`: whether what was asked for is done, such as a run created. `answer`: `own` is what GitHub would say; `silence` says
 * nothing and keeps the connection; `reset` breaks it; `cut` breaks it amid the answer.
 */
export type Mode = {readonly does: boolean; readonly answer: Sent | 'own' | 'silence' | 'reset' | 'cut'};

const says = (status: number, message: string, headers: Sent['headers'] = {}): Mode => ({
	does: false,
	answer: {status, body: {message}, headers},
});

const unknownKey = 'Invalid request.\n\n"return_run_details" is not a permitted key.';

export const modes = {
	'as asked': {does: true, answer: 'own'},
	'204': {does: true, answer: {status: 204}},
	'422 unknown key': says(422, unknownKey),
	'422 bad input': says(422, 'Unexpected inputs provided: ["volumes"]'),
	'401': says(401, 'Bad credentials'),
	'403': says(403, 'Resource not accessible by personal access token'),
	'403 rate limit': says(403, 'You have exceeded a secondary rate limit.', {'retry-after': '60'}),
	'404': says(404, 'Not Found'),
	'409': says(409, 'Cannot cancel a workflow run that is completed.'),
	'429': says(429, 'Too many requests', {'retry-after': '30'}),
	'500 before': says(500, 'Server Error'),
	'500 after': {does: true, answer: {status: 500, body: {message: 'Server Error'}}},
	'503': says(503, 'Service unavailable'),
	'silence before': {does: false, answer: 'silence'},
	'silence after': {does: true, answer: 'silence'},
	'reset before': {does: false, answer: 'reset'},
	'reset after': {does: true, answer: 'reset'},
	'cut after': {does: true, answer: 'cut'},
} as const satisfies Readonly<Record<string, Mode>>;

export type ModeName = keyof typeof modes;

const modeOf = (mode: ModeName | Mode): Mode => (typeof mode === 'string' ? modes[mode] : mode);

export type Modes = {
	/** The next requests of this kind, one each. */
	next(kind: Kind, ...ways: readonly (ModeName | Mode)[]): void;
	/** All that have no way of their own. */
	always(kind: Kind, way: ModeName | Mode): void;
	take(kind: Kind): Mode;
};

export function modesOf(): Modes {
	const queues = new Map<Kind, Mode[]>(kinds.map(kind => [kind, []]));
	const rest = new Map<Kind, Mode>();
	return {
		next: (kind, ...ways) => void queues.get(kind)?.push(...ways.map(modeOf)),
		always: (kind, way) => void rest.set(kind, modeOf(way)),
		take: kind => queues.get(kind)?.shift() ?? rest.get(kind) ?? modes['as asked'],
	};
}
