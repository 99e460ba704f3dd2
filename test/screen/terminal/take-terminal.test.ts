import assert from 'node:assert/strict';
import test from 'node:test';
import {takeTerminal} from '../../../source/screen/terminal/take-terminal.ts';
import {safe} from '../../../source/text/clean.ts';
import {TestTerminal} from './terminal.ts';

test('the terminal is taken with one write that shows the first words', async () => {
	const terminal = new TestTerminal(40, 3);
	let writes = 0;
	const {write} = terminal;
	terminal.write = ((chunk: string) => {
		writes++;
		return write.call(terminal, chunk, 'utf8');
	}) as typeof write;
	takeTerminal(terminal, {title: safe('CHG-4821'), words: safe('loading')});
	assert.equal(writes, 1);
	assert.equal(await terminal.buffer(), 'alternate');
	assert.deepEqual(await terminal.lines(), ['loading', '', '']);
	assert.match(terminal.bytes, /\u001b\]2;CHG-4821\u0007/);
});

test('the terminal is restored: content, cursor and every mode', async () => {
	const terminal = new TestTerminal(40, 4);
	terminal.write('$ cutover-tui runbook.md\n');
	const before = [await terminal.cells(), await terminal.cursor()];
	const giveBack = takeTerminal(terminal);
	terminal.write('\u001b[?2026h\u001b[3;3H\u001b[7mboard');
	giveBack();
	assert.equal(await terminal.buffer(), 'normal');
	assert.deepEqual([await terminal.cells(), await terminal.cursor()], before);
	terminal.write('x');
	assert.equal((await terminal.cells())[1]?.[0]?.startsWith('x 1 0 0 0'), true);
	for (const mode of ['1049', '2004', '25', '7']) {
		const set = [...terminal.bytes.matchAll(new RegExp(`\u001b\\[\\?${mode}([hl])`, 'g'))].map(match => match[1]);
		assert.deepEqual(set.length, 2, mode);
		assert.notEqual(set[0], set[1], mode);
	}
});

test('it is given back once, however often that is asked for', () => {
	const terminal = new TestTerminal(40, 4);
	const giveBack = takeTerminal(terminal);
	giveBack();
	const {bytes} = terminal;
	giveBack();
	assert.equal(terminal.bytes, bytes);
});
