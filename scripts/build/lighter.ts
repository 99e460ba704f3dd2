/**
 * What packages below the screen do as they load, or anew for each frame, and what the program does not need of it. Each
 * edit names the text that it replaces: another version of a package that no longer holds it stops the build.
 */
import {readFileSync} from 'node:fs';
import type {OnLoadArgs, Plugin} from 'esbuild';

type Edit = readonly [text: string | RegExp, instead: string];

/** Characters of one cell that join no other, and what colours them: a piece each, without a look at Unicode's tables. */
export const plain =
	'\\u0020-\\u007e\\u00a1-\\u00ac\\u00ae-\\u017f\\u2010-\\u2027\\u2030-\\u205e\\u2190-\\u22ff\\u23ce\\u2400-\\u2426\\u2500-\\u25fc\\u2713-\\u2718';

/** A segmenter costs 9 ms to make: made for the first text that is not plain. */
const segments = (options: string) =>
	`/* @__PURE__ */ (() => {
		let made;
		const plain = /^[\\u001b\\n${plain}]*$/;
		return {segment(text) {
			if (!plain.test(text)) return (made ??= new Intl.Segmenter(${options})).segment(text);
			const all = new Array(text.length);
			for (let index = 0; index < text.length; index++) all[index] = {segment: text[index], index};
			all.containing = index => all[index];
			return all;
		}};
	})();`;

const grapheme = "undefined, {granularity: 'grapheme'}";

const edits: Readonly<Record<string, readonly Edit[]>> = {
	'string-width/index.js': [
		['const segmenter = new Intl.Segmenter();', `const segmenter = ${segments('')}`],
		['if (/^[\\u0020-\\u007E]*$/.test(string)) {', `if (/^[${plain}]*$/.test(string)) {`],
		// 16 ms to make, and as long for its first test.
		[
			'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
			"let emoji; const rgiEmojiRegex = {test: text => (emoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text)};",
		],
	],
	'@alcalzone/ansi-tokenize/build/tokenize.js': [
		[
			'const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });',
			`const segmenter = ${segments(grapheme)}`,
		],
	],
	// A row that changed is written whole: where its change begins is a matter of widths, on which Ink and the painter may differ.
	'ink/build/log-update.js': [
		["import lineUpdate from './line-update.js';", ''],
		[
			'lineUpdate(previousLines[i], nextLine, stream.columns)',
			'ansiEscapes.cursorTo(0) + ansiEscapes.eraseEndLine + nextLine',
		],
	],
	'wrap-ansi/index.js': [['const segmenter = new Intl.Segmenter();', `const segmenter = ${segments('')}`]],
	'slice-ansi/tokenize-ansi.js': [
		[
			"const GRAPHEME_SEGMENTER = new Intl.Segmenter(undefined, {granularity: 'grapheme'});",
			`const GRAPHEME_SEGMENTER = ${segments(grapheme)}`,
		],
	],
	// Every text is asked for twice a frame, and most are those of the frame before.
	'ink/build/sanitize-ansi.js': [
		['const sanitizeAnsi = (text) => {', 'const sanitizeAnew = (text) => {'],
		[
			'export default sanitizeAnsi;',
			`let known = new Map();
const sanitizeAnsi = text => {
	const before = known.get(text);
	if (before !== undefined) return before;
	if (known.size > 2000) known = new Map();
	const anew = sanitizeAnew(text);
	known.set(text, anew);
	return anew;
};
export default sanitizeAnsi;`,
		],
	],
	// Most rows of a frame are those of the frame before: they are put together again only where what is written on them is
	// another. A frame with clipping, or with a text of several lines, is put together as Ink does it.
	'ink/build/output.js': [
		['    caches = new OutputCaches();', '    caches = sharedCaches();'],
		[
			'export default class Output {',
			`const blank = {type: 'char', value: ' ', fullWidth: false, styles: []};
let kept = new OutputCaches();
const sharedCaches = () => { if (kept.styledChars.size > 2000) kept = new OutputCaches(); return kept; };
let rowsBefore = new Map();
let widthBefore = 0;
// A row that holds one text from its start is known by that text itself.
const keyOf = ([first, ...others]) => first === undefined ? '' : first.x === 0 && others.length === 0 ? first.text
	: [first, ...others].flatMap(({x, text}) => [x, text]).join('\\0');
const colours = /\\u001b\\[[\\d;]*m/g;
const plain = /^[${plain}]*$/;
const rowOf = (output, writes) => {
	const [first, ...others] = writes;
	if (first === undefined) return '';
	// One text of characters of one cell, in whatever colours, is the row as it is.
	const shown = first.x === 0 && others.length === 0 ? first.text.replace(colours, '') : null;
	if (shown !== null && plain.test(shown)) return first.text.trimEnd();
	const row = new Array(output.width).fill(blank);
	for (const {x, text} of writes) output.applyWriteOperation([row], {x, y: 0, text, transformers: []});
	return styledCharsToString(row.filter(item => item !== undefined)).trimEnd();
};
const rowsOf = output => {
	const written = Array.from({length: output.height}, () => []);
	for (const {type, x, y, text, transformers} of output.operations) {
		if (type !== 'write' || text.includes('\\n')) return null;
		written[y]?.push({x, text: transformers.reduce((line, transformer) => transformer(line, 0), text)});
	}
	if (output.width !== widthBefore) rowsBefore = new Map();
	widthBefore = output.width;
	const rows = new Map();
	const lines = written.map(writes => {
		const key = keyOf(writes);
		const row = rows.get(key) ?? rowsBefore.get(key) ?? rowOf(output, writes);
		rows.set(key, row);
		return row;
	});
	rowsBefore = rows;
	return lines;
};
export default class Output {`,
		],
		[
			'    get() {',
			`    get() {
        const rows = rowsOf(this);
        if (rows !== null) return {output: rows.join('\\n'), height: rows.length};`,
		],
		[
			/for \(let x = 0; x < this\.width; x\+\+\) \{\s*row\.push\(\{[^}]*\}\);\s*\}/,
			'for (let x = 0; x < this.width; x++) row.push(blank);',
		],
	],
	// Development tools, which are not in the bundle; looking for them makes whoever loads this wait.
	'ink/build/reconciler.js': [
		[/if \(process\.env\['DEV'\] === 'true'\) \{\n {4}\/\/ Intentionally[\s\S]*?\n\}\n/, ''],
		[/if \(process\.env\['DEV'\] === 'true'\) \{\n {4}try \{[\s\S]*?\n\}\n/, ''],
	],
	// It holds its own bytes, and asks fetch() for them: 24 ms for loading undici.
	'yoga-layout/dist/binaries/yoga-wasm-base64-esm.js': [
		[
			'loadYoga = loadYoga || {};',
			`loadYoga = loadYoga || {};
loadYoga.instantiateWasm = (imports, done) => { done(new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(H.slice(37), 'base64')), imports)); return {}; };`,
		],
	],
	'yoga-layout/dist/src/index.js': [
		['wrapAssembly(await loadYoga())', 'wrapAssembly((made => { loadYoga(made); return made; })({}))'],
	],
};

const escaped = (path: string) => path.replaceAll(/[.\\/]/g, '\\$&');

function edited(path: string, list: readonly Edit[]): string {
	let contents = readFileSync(path, 'utf8');
	for (const [text, instead] of list) {
		const before = contents;
		contents = contents.replace(text, () => instead);
		if (contents === before) throw new Error(`${path} no longer holds: ${text}`);
	}
	return contents;
}

export const lighter: Plugin = {
	name: 'lighter',
	setup({onLoad}) {
		for (const [file, list] of Object.entries(edits)) {
			const filter = new RegExp(`/node_modules/${escaped(file)}$`);
			onLoad({filter, namespace: 'file'}, ({path}: OnLoadArgs) => ({contents: edited(path, list)}));
		}
	},
};
