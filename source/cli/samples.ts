/*
Recorded samples from a file: lines, or an answer of Prometheus. Lines are read a piece at a time, so that a month of them
costs no more memory than its samples. An error names its line.
*/

import {closeSync, openSync, readSync} from 'node:fs';
import {StringDecoder} from 'node:string_decoder';
import type {Sample} from '../cutover/health/outage/sample.ts';
import {errorText} from '../text/error-text.ts';
import {sampleOf} from './samples/line.ts';
import {isAnswer, samplesOfAnswer} from './samples/prometheus.ts';
import {UsageError} from './usage-error.ts';

type RecordedEndpoint = {
	readonly name: string;
	readonly samples: number;
	/** ms from one sample to the next: the middle of all gaps, so that holes do not count. */
	readonly every: number;
};

export type Recording = {readonly endpoints: readonly RecordedEndpoint[]; readonly samples: readonly Sample[]};

const usualEvery = 15_000;
const piece = 1 << 20;
/** One line may be a whole answer of Prometheus, and no longer than this many characters. */
const longest = 1 << 28;

const shapes =
	'Samples are lines such as {"at": "2031-03-08T22:00:00Z", "endpoint": "api", "ok": true}, or an answer of Prometheus to query_range.';

function* linesOf(file: string): Generator<string> {
	const descriptor = openSync(file, 'r');
	try {
		const [bytes, decoder] = [Buffer.allocUnsafe(piece), new StringDecoder('utf8')];
		let rest = '';
		for (let read = readSync(descriptor, bytes); read > 0; read = readSync(descriptor, bytes)) {
			const lines = decoder.write(bytes.subarray(0, read)).split('\n');
			if (lines.length > 1) {
				yield rest + (lines[0] ?? '');
				for (const line of lines.slice(1, -1)) yield line;
				rest = lines.at(-1) ?? '';
			} else rest += lines[0] ?? '';
			if (rest.length > longest)
				throw new UsageError(`${file} has a line of over 256 MiB. Ask Prometheus for a shorter time.`);
		}
		if (rest !== '') yield rest;
	} finally {
		closeSync(descriptor);
	}
}

const parsed = (text: string): {readonly value: unknown} | {readonly wrong: string} => {
	try {
		return {value: JSON.parse(text)};
	} catch (error) {
		return {wrong: errorText(error)};
	}
};

const wrongAt = (file: string, line: number, why: string): UsageError => new UsageError(`${file}:${line}: ${why}`);

/** A document over several lines: an answer of Prometheus, or no JSON at all. */
function ofDocument(file: string): readonly Sample[] {
	let text = '';
	for (const line of linesOf(file)) {
		text += `${line}\n`;
		if (text.length > longest)
			throw wrongAt(file, 1, `This is not a line of JSON, and the whole is over 256 MiB. ${shapes}`);
	}
	const found = parsed(text.replace(/^\ufeff/, ''));
	if ('wrong' in found)
		throw wrongAt(file, Number(/line (\d+)/.exec(found.wrong)?.[1] ?? 1), `This is not JSON. ${shapes}`);
	if (!isAnswer(found.value)) throw wrongAt(file, 1, shapes);
	const samples = samplesOfAnswer(found.value);
	if (typeof samples === 'string') throw wrongAt(file, 1, samples);
	return samples;
}

function ofLines(file: string): readonly Sample[] {
	const samples: Sample[] = [];
	let number = 0;
	for (const line of linesOf(file)) {
		number += 1;
		if (line.trim() === '') continue;
		const found = parsed(line.startsWith('\ufeff') ? line.slice(1) : line);
		if ('wrong' in found) {
			if (samples.length === 0) return ofDocument(file);
			throw wrongAt(file, number, `This is not a line of JSON. ${shapes}`);
		}
		if (samples.length === 0 && isAnswer(found.value)) return ofDocument(file);
		const sample = sampleOf(found.value);
		if (typeof sample === 'string') throw wrongAt(file, number, sample);
		samples.push(sample);
	}
	return samples;
}

/** In the order in which they were taken: boots as they first appear, and within one by its clock. */
function inOrder(samples: readonly Sample[]): readonly Sample[] {
	const boots = new Map<string, number>();
	for (const {boot} of samples) if (!boots.has(boot)) boots.set(boot, boots.size);
	return samples.toSorted((a, b) => (boots.get(a.boot) ?? 0) - (boots.get(b.boot) ?? 0) || a.up - b.up);
}

function everyOf(samples: readonly Sample[]): number {
	const gaps: number[] = [];
	let before: Sample | undefined;
	for (const sample of samples) {
		if (before?.boot === sample.boot && sample.up > before.up) gaps.push(sample.up - before.up);
		before = sample;
	}
	return gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? usualEvery;
}

const unreadable = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error;

function read(path: string): readonly Sample[] {
	try {
		return ofLines(path);
	} catch (error) {
		if (unreadable(error))
			throw new UsageError(`${path} cannot be read (${error.code}). Name a file of samples with --samples.`);
		throw error;
	}
}

/** Throws UsageError with the line and the fix. */
export function readSamples(path: string): Recording {
	const samples = inOrder(read(path));
	if (samples.length === 0) throw new UsageError(`${path} holds no sample. ${shapes}`);
	const byName = Map.groupBy(samples, ({endpoint}) => endpoint);
	const endpoints = [...byName].map(([name, own]) => ({name, samples: own.length, every: everyOf(own)}));
	return {endpoints: endpoints.toSorted((a, b) => (a.name < b.name ? -1 : 1)), samples};
}
