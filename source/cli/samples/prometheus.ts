/*
The answer of Prometheus to a range query for `probe_success`, as samples. A step without a value is no sample: Prometheus
carries the last one on for five minutes, the outage clock does not.
*/

import type {Sample, Verdict} from '../../cutover/health/outage/sample.ts';
import {type Fields, fieldsOf} from '../../text/fields.ts';

type Series = {readonly labels: Readonly<Record<string, string>>; readonly values: readonly unknown[]};

export function isAnswer(value: unknown): value is Fields {
	const fields = fieldsOf(value);
	return fields !== null && ('data' in fields || 'status' in fields);
}

const verdicts = new Map<unknown, Verdict>([
	['1', 'ok'],
	['0', 'fail'],
	['NaN', 'unknown'],
]);

/** Labels that name what was asked, the best first. */
const naming = ['endpoint', 'name', 'instance', 'target', 'job'];

/** A label that tells all series apart names them; else all labels do. */
function namesOf(all: readonly Series[]): readonly string[] {
	for (const label of naming) {
		const names = all.map(({labels}) => labels[label] ?? '');
		if (!names.includes('') && new Set(names).size === names.length) return names;
	}
	return all.map(({labels}) =>
		Object.entries(labels)
			.map(([label, value]) => `${label}=${value}`)
			.join(','),
	);
}

function seriesOf(value: unknown): Series | null {
	const {metric, values} = fieldsOf(value) ?? {};
	if (!Array.isArray(values)) return null;
	const labels = Object.entries(fieldsOf(metric) ?? {}).filter(([label]) => label !== '__name__');
	return {labels: Object.fromEntries(labels.map(([label, text]) => [label, String(text)])), values};
}

function samplesOf(endpoint: string, {values}: Series): readonly Sample[] | string {
	const samples: Sample[] = [];
	for (const [index, point] of values.entries()) {
		const [seconds, value] = Array.isArray(point) ? point : [];
		const verdict = verdicts.get(value);
		if (typeof seconds !== 'number' || !Number.isFinite(seconds) || verdict === undefined)
			return `Value ${index + 1} of ${endpoint} is ${JSON.stringify(point)}; probe_success has a time and "1" or "0".`;
		const at = Math.round(seconds * 1000);
		samples.push({endpoint, at, boot: '', up: at, wall: at, took: 0, verdict, reason: ''});
	}
	return samples;
}

/** Its samples, or what is wrong with it in a sentence. */
export function samplesOfAnswer(answer: Fields): readonly Sample[] | string {
	if (answer['status'] === 'error') return `Prometheus answered with an error: ${String(answer['error'] ?? '')}.`;
	const {result, resultType} = fieldsOf(answer['data']) ?? {};
	if (resultType !== 'matrix' || !Array.isArray(result))
		return 'This is not an answer to a range query; ask /api/v1/query_range for probe_success.';
	const all = result.map(seriesOf);
	const series = all.filter(each => each !== null);
	if (series.length < all.length) return `Series ${all.indexOf(null) + 1} of the answer has no values.`;
	const names = namesOf(series);
	const samples: Sample[] = [];
	for (const [index, each] of series.entries()) {
		const found = samplesOf(names[index] ?? '', each);
		if (typeof found === 'string') return found;
		for (const sample of found) samples.push(sample);
	}
	return samples;
}
