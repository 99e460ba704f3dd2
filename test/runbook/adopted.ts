/*
Documents in the manners of public runbooks, each with what a release manager says it means: `stage TIME [go|close] text [owner]`,
`gate [run] text`, `trigger [LENGTH] text`, `back text`, `sign ROLE text`; `ask`: what is left is a question that only a person answers.
*/
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import {propose} from '../../source/runbook/adopt/propose.ts';
import {mapText} from '../../source/runbook/adopt/write.ts';
import {offsetOf} from '../../source/runbook/parts/timeline/offset.ts';
import type {ReadResult} from '../../source/runbook/read.ts';
import {durationText} from '../../source/text/time.ts';
import {read} from './sample.ts';

const folder = fileURLToPath(new URL('adopted/', import.meta.url));

export type Adopted = {readonly name: string; readonly text: string; readonly meant: readonly string[]};

export const adopted: readonly Adopted[] = readdirSync(folder)
	.filter(file => file.endsWith('.md'))
	.map(file => {
		const name = file.replace(/\.md$/, '');
		const said = readFileSync(`${folder}${name}.txt`, 'utf8').trimEnd().split('\n');
		return {name, text: readFileSync(`${folder}${file}`, 'utf8'), meant: said};
	});

const maps = new Map<string, string>();

/** The map that `adopt --yes` writes, as if somebody had looked at it. */
export function mapOf(text: string): string {
	const map = maps.get(text) ?? mapText(propose(read(text), {}), 'plan.md', 'vera', '2031-03-01');
	maps.set(text, map);
	return map;
}

const folded = (text: string): string =>
	text.normalize('NFKC').replace(/[`*]/g, '').replace(/-/g, ' ').replace(/\s+/g, ' ').trim().toLowerCase();

const readings = new Map<string, ReadResult>();

/** A document as it is read by its map. */
export function readByMap(text: string): ReadResult {
	const reading = readings.get(text) ?? read(text, {settings: mapOf(text)});
	readings.set(text, reading);
	return reading;
}

/** What a runbook means, in the lines of the files. */
function meaningOf({stages, gates, triggers, rollbackSteps = [], signOffs}: Runbook, by: string): readonly string[] {
	return [
		...stages.map(({kind, offsetSeconds, action, owners}) => {
			const mark = kind === 'decision' ? 'go ' : kind === 'closing' ? 'close ' : '';
			return `stage ${offsetSeconds} ${mark}${action} [${owners.join(', ')}]`;
		}),
		...gates.map(({kind, title}) => `gate ${kind === 'command' ? 'run ' : ''}${title}`),
		...triggers.map(
			one => `trigger ${one.kind === 'outage' ? `${durationText(one.thresholdSeconds)} ` : ''}${one.text}`,
		),
		...rollbackSteps.map(text => `back ${text}`),
		...[...by.matchAll(/^ {4}- \{ path: .*?from: (?:"((?:[^"\\]|\\.)*)"|([^,}]+))/gm)].map(
			([, quoted, bare]) => `back ${(quoted ?? bare ?? '').replace(/\\"/g, '"')}`,
		),
		...signOffs.map(({role, text}) => `sign ${role} ${text}`),
	];
}

/** Whether a line of the file says what was read. */
function fits(meant: string, was: string): boolean {
	const [, time, rest = '', owner] = /^stage (\S+) (.*?)(?: \[([^[\]]*)\])?$/.exec(meant) ?? [];
	if (time === undefined) {
		const cut = folded(was.replace(/…$/, ''));
		return cut.startsWith(folded(meant)) || folded(meant).startsWith(cut);
	}
	const [, at, action = '', owners] = /^stage (\S+) (.*) \[(.*)\]$/.exec(was) ?? [];
	return (
		Number(at) === offsetOf(time)?.seconds &&
		folded(action).startsWith(folded(rest)) &&
		(owner === undefined || folded(owners ?? '') === folded(owner))
	);
}

/** What was read otherwise than it is meant; empty where all is right. */
export function differences({text, meant}: Adopted): readonly string[] {
	const {seen} = readByMap(text);
	const was = seen ? meaningOf(seen, mapOf(text)) : [];
	const wanted = meant.filter(line => !line.startsWith('ask '));
	const missing = wanted.filter(line => !was.some(one => fits(line, one)));
	const extra = was.filter(one => !wanted.some(line => fits(line, one)));
	return [...missing.map(line => `missing: ${line}`), ...extra.map(line => `not meant: ${line}`)];
}
