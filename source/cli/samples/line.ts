/*
A sample as a line: `{at, endpoint, ok}` as a team writes it from its own monitoring, or as our watcher records it.
*/

import type {Sample, Verdict} from '../../cutover/health/outage/sample.ts';
import {fieldsOf} from '../../text/fields.ts';
import {parseInstant} from '../../text/time.ts';

const finite = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** Unix seconds of today have ten digits, milliseconds thirteen. */
const mostSeconds = 1e11;

const instantOf = (at: unknown): number | null => {
	if (typeof at === 'string') return parseInstant(at);
	if (!finite(at)) return null;
	return Math.round(Math.abs(at) < mostSeconds ? at * 1000 : at);
};

const answers = new Map<unknown, Verdict>([
	[true, 'ok'],
	[false, 'fail'],
	[null, 'unknown'],
	['ok', 'ok'],
	['fail', 'fail'],
	['unknown', 'unknown'],
]);

/** A sample, or what is wrong with it in a sentence. */
export function sampleOf(value: unknown): Sample | string {
	const fields = fieldsOf(value);
	if (fields === null)
		return 'This is not a sample; write {"at": "2031-03-08T22:00:00Z", "endpoint": "api", "ok": true}.';
	const at = instantOf(fields['at']);
	if (at === null) return '"at" is not a time; write RFC 3339 with offset, or Unix seconds.';
	const endpoint = fields['endpoint'];
	if (typeof endpoint !== 'string' || endpoint === '')
		return '"endpoint" is not a name; write which endpoint was asked.';
	const verdict = answers.get('ok' in fields ? fields['ok'] : fields['verdict']);
	if (verdict === undefined) return '"ok" is neither true, false nor null (unknown).';
	const {boot, up, wall, took, reason} = fields;
	const steady = typeof boot === 'string' && finite(up);
	return {
		endpoint,
		at,
		boot: steady ? boot : '',
		up: steady ? up : at,
		wall: finite(wall) ? wall : at,
		took: finite(took) ? took : 0,
		verdict,
		reason: typeof reason === 'string' ? reason : '',
	};
}
