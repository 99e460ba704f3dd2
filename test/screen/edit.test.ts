import assert from 'node:assert/strict';
import {test} from 'node:test';
import {atEnd, type EditedLine, edit, insert} from '../../source/screen/dialogs/edit.ts';

/** `ab|c`: the text with its cursor. */
const line = (text: string): EditedLine => ({text: text.replace('|', ''), cursor: [...text].indexOf('|')});

const shown = ({text, cursor}: EditedLine): string => {
	const all = [...text];
	return [...all.slice(0, cursor), '|', ...all.slice(cursor)].join('');
};

const after = (text: string, ...keys: readonly string[]): string =>
	shown(keys.reduce((now, key) => edit(now, key) ?? now, line(text)));

test('arrows, Home, End and their control keys move the cursor', () => {
	assert.equal(after('api down|', 'left', 'ctrl-b'), 'api do|wn');
	assert.equal(after('api down|', 'home', 'right', 'ctrl-f'), 'ap|i down');
	assert.equal(after('api| down', 'ctrl-e'), 'api down|');
	assert.equal(after('api| down', 'ctrl-a', 'left'), '|api down');
	assert.equal(after('api down|', 'end', 'right'), 'api down|');
});

test('Alt-B and Alt-F move by words, as do Ctrl and Alt with an arrow', () => {
	assert.equal(after('api is down|', 'alt-b'), 'api is |down');
	assert.equal(after('api is down|', 'ctrl-left', 'alt-left'), 'api |is down');
	assert.equal(after('|api is down', 'alt-f', 'ctrl-right'), 'api is| down');
});

test('Backspace and Delete take the grapheme beside the cursor', () => {
	assert.equal(after('api|', 'backspace'), 'ap|');
	assert.equal(after('a|pi', 'delete', 'ctrl-d'), 'a|');
	assert.equal(after('|api', 'backspace'), '|api');
});

test('Ctrl-W, Alt-D, Ctrl-U and Ctrl-K take words and ends of the line', () => {
	assert.equal(after('api is down|', 'ctrl-w'), 'api is |');
	assert.equal(after('api |is down', 'alt-d'), 'api | down');
	assert.equal(after('api is| down', 'ctrl-u'), '| down');
	assert.equal(after('api is| down', 'ctrl-k'), 'api is|');
});

test('what is typed or pasted goes in at the cursor', () => {
	assert.equal(shown(insert(line('api |down'), 'is ')), 'api is |down');
});

test('a cluster of several code points is one place of the cursor', () => {
	const family = atEnd('a👩‍👩‍👧‍👦');
	assert.equal(family.cursor, 2);
	assert.deepEqual(edit(family, 'backspace'), {text: 'a', cursor: 1});
	assert.equal(insert(atEnd('e'), '\u0301').cursor, 1);
});

test('a key without a meaning in a line is left to the form', () => {
	for (const key of ['up', 'down', 'tab', 'enter', 'esc', 'page-up', 'f1']) assert.equal(edit(line('a|'), key), null);
});
