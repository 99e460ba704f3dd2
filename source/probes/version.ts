/* Which version answers: advice beside a probe, never a reason for it to fail. */
import {expects} from '../cutover/health/outage/verdict.ts';
import {lapsBy} from '../net/laps.ts';
import {within} from '../net/limit.ts';
import {answerAt, type Settled} from './answer.ts';
import type {ProbeContext} from './probe.ts';

const keys = ['version', 'release', 'build', 'commit'];
const mostCharacters = 80;

/** Undefined where it is not JSON. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** A page, or JSON that names no version, is no version either. */
function named(body: string): string {
	const value = parsed(body);
	if (typeof value === 'string') return value;
	if (typeof value === 'object') {
		const found = new Map<string, unknown>(Object.entries(value ?? {}));
		const version = keys.map(key => found.get(key)).find(one => typeof one === 'string' && one.trim() !== '');
		return typeof version === 'string' ? version : '';
	}
	return /^\s*[<{[]/.test(body) ? '' : body;
}

/** The first line of what a body names, null where it names nothing. */
export function versionIn(body: string): string | null {
	const line =
		named(body)
			.trim()
			.split(/[\r\n]/)[0] ?? '';
	return line === '' ? null : line.slice(0, mostCharacters).toWellFormed().trim();
}

type Telling = Settled & {readonly version?: string | undefined; readonly timeoutSeconds: number};

export async function versionOf(endpoint: Telling, context: ProbeContext): Promise<string | null> {
	const {version, timeoutSeconds} = endpoint;
	if (version === undefined) return null;
	const {clock} = context;
	const sought = {wanted: (status: number) => expects(status, undefined), enough: () => false};
	try {
		const {status, body} = await within(timeoutSeconds * 1000, context, limit =>
			answerAt(version, endpoint, sought, context, {limit, clock, laps: lapsBy(clock)}),
		);
		return sought.wanted(status) ? versionIn(body) : null;
	} catch {
		return null;
	}
}
