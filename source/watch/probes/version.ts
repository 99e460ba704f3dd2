/* Which version answers: advice beside a probe, never a reason for it to fail. */
import {expects} from '../../cutover/health/outage/verdict.ts';
import type {EndpointOf, ProbeContext} from './found.ts';
import {lapsBy} from './laps.ts';
import {within} from './limit.ts';
import {answerAt} from './redirects.ts';

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

export async function versionOf(
	{version, follow, timeoutSeconds}: EndpointOf<'http'>,
	{clock, signal}: ProbeContext,
): Promise<string | null> {
	if (version === null) return null;
	const sought = {fits: (status: number) => expects(status, undefined), enough: () => false};
	try {
		const {status, body} = await within(timeoutSeconds * 1000, {clock, signal}, limit =>
			answerAt(version, follow, sought, {limit, clock, laps: lapsBy(clock)}),
		);
		return sought.fits(status) ? versionIn(body) : null;
	} catch {
		return null;
	}
}
