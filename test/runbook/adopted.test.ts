import assert from 'node:assert/strict';
import {test} from 'node:test';
import {propose} from '../../source/runbook/adopt/propose.ts';
import {mapText} from '../../source/runbook/adopt/write.ts';
import {frontLines} from '../../source/runbook/settings/source.ts';
import {adopted, differences, mapOf, readByMap} from './adopted.ts';
import {changesAreNoticed, headingsOf, isRule, linesOf} from './anchored.ts';
import {codes, read} from './sample.ts';

test('the default answers mean what a release manager says, in each of thirty manners', () => {
	assert.ok(adopted.length >= 30);
	for (const one of adopted) {
		assert.ok(
			one.meant.every(line => line !== ''),
			one.name,
		);
		assert.deepEqual(differences(one), [], one.name);
	}
});

test('at most ten questions are asked, and what is left is an error only where a person must say more', () => {
	for (const {name, text, meant} of adopted) {
		const {questions, parts} = propose(read(text), {});
		assert.ok(questions.length <= 10, name);
		const {problems} = readByMap(text);
		const errors = problems.filter(({severity}) => severity === 'error');
		const isAsked = meant.some(line => line.startsWith('ask '));
		if (parts.get('stages')?.length) assert.equal(errors.length, isAsked ? 1 : 0, `${name}: ${errors[0]?.message}`);
	}
});

const isStructure = (line: string, next: string): boolean =>
	/^[\s>]*$|^\s*#|^\s*(?:---+|===+|\*\*\*+|```.*|~~~.*)\s*$|^\s*<!--/.test(line) || isRule(line) || isRule(next);

test('every line of a document is taken by an entry of its map, ignored, or reported as not used', () => {
	for (const {name, text} of adopted) {
		const settings = mapOf(text);
		const {taken, ignored} = linesOf(text, settings);
		const {unused} = readByMap(text);
		const headings = headingsOf(text);
		const numbers = unused.flatMap(({what}) => [...what.matchAll(/(\d+)(?:-(\d+))?(?=,|$)/g)]);
		const reported = (line: number): boolean =>
			unused.some(one => !one.what.startsWith('text on') && one.line <= line && one.end >= line) ||
			numbers.some(([, from, to]) => Number(from) <= line && Number(to ?? from) >= line);
		text.split('\n').forEach((line, index, all) => {
			const number = index + 1;
			if (number <= frontLines(all)) return;
			if (isStructure(line, all[number] ?? '') || headings.has(number) || taken.has(number) || ignored.has(number))
				return;
			const inFence = unused.some(one => one.what.includes('fence') && one.line <= number);
			assert.ok(reported(number) || inFence, `${name}:${number} ${line}`);
		});
	}
});

const single = (text: string): string =>
	mapText(
		propose(read(text), {}, (_, entries) => entries),
		'plan.md',
		'vera',
		'2031-03-01',
	);

test('one entry for each row, box or item means the same as an entry for every one of them', () => {
	let saved = 0;
	for (const {name, text} of adopted) {
		const [long, short] = [single(text), mapOf(text)];
		const [apart, together] = [read(text, {settings: long}), readByMap(text)];
		assert.deepEqual(together.seen, apart.seen, name);
		assert.deepEqual(together.unused, apart.unused, name);
		assert.deepEqual(codes(together.problems), codes(apart.problems), name);
		saved += long.split('\n').length - short.split('\n').length;
	}
	assert.ok(saved > 300, String(saved));
});

test('settings beside a map are checked as all settings are', () => {
	const [one] = adopted.filter(({text}) => readByMap(text).runbook !== null);
	assert.ok(one);
	const settings = `${mapOf(one.text)}signatures: required\ngates: {zz9: {timeout: 5m}}\n`;
	assert.deepEqual(codes(read(one.text, {settings}).problems).toSorted(), ['settings-signers', 'settings-unknown']);
});

test('a change of an anchored text is an error that names it, a change of any other text changes nothing that is read', () =>
	changesAreNoticed(2));
