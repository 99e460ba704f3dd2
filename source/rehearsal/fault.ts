/* Faults of a rehearsal as they are asked for: `outage@T+2m:12m`. What each does is elsewhere; when is here. */

import {UsageError} from '../cli/usage-error.ts';
import {durationText, parseDuration} from '../text/time.ts';

/** Seconds, where no duration is given; null: it happens at one moment. */
const kinds = {
	outage: 720,
	flap: 1200,
	slow: 600,
	'watcher-killed': null,
	'screen-killed': null,
	'github-404': 1800,
	'github-timeout': 1800,
} as const satisfies Readonly<Record<string, number | null>>;

export type FaultKind = keyof typeof kinds;

const faultKinds: readonly string[] = Object.keys(kinds);

/** In seconds from T0: the planned one before it, the real one after it. */
export type Fault = {readonly kind: FaultKind; readonly from: number; readonly until: number};

function isKind(name: string): name is FaultKind {
	return Object.hasOwn(kinds, name);
}

const shape = /^(?<kind>[a-z0-9-]+)@T(?:(?<sign>[+-])(?<offset>[^:]+)|0)?(?::(?<duration>.+))?$/i;
const example = 'Write for example outage@T+2m:12m, flap@T+5m:20m, watcher-killed@T+3m or github-404@T+0s.';

const secondsOf = (text: string | undefined): number | null => {
	const ms = text === undefined ? null : parseDuration(/^\d+$/.test(text) ? `${text}m` : text);
	return ms === null ? null : ms / 1000;
};

/** Throws UsageError with what is wrong and how to write it. */
export function faultOf(text: string): Fault {
	const {kind = '', sign = '+', offset = '0s', duration} = shape.exec(text)?.groups ?? {};
	if (kind === '') throw new UsageError(`"${text}" is not a fault. ${example}`);
	if (!isKind(kind)) throw new UsageError(`There is no fault "${kind}". There are: ${faultKinds.join(', ')}.`);
	const from = secondsOf(offset);
	if (from === null) throw new UsageError(`"${offset}" in "${text}" is not a time from T0. ${example}`);
	const usual = kinds[kind];
	if (usual === null && duration !== undefined)
		throw new UsageError(`${kind} happens at one moment: write ${kind}@T${sign}${offset}.`);
	const lasts = duration === undefined ? usual : secondsOf(duration);
	if (duration !== undefined && (lasts === null || lasts === 0))
		throw new UsageError(`"${duration}" in "${text}" is not a duration. ${example}`);
	const at = sign === '-' ? -from : from;
	return {kind, from: at, until: at + (lasts ?? 0)};
}

const offsetText = (seconds: number): string => `T${seconds < 0 ? '' : '+'}${durationText(seconds)}`;

/** As it is said before the rehearsal begins. */
export const faultText = ({kind, from, until}: Fault): string =>
	`${kind} at ${offsetText(from)}${until > from ? ` for ${durationText(until - from)}` : ''}`;
