import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {readingText} from './manners.ts';

/** Other marks for the same document, of which none changes what a reader sees in it. */
const ways: Readonly<Record<string, (text: string) => string>> = {
	'lines that end in CRLF': text => text.replaceAll('\n', '\r\n'),
	'white space behind its lines': text => text.replace(/$/gm, '  '),
	'stars for its items': text => text.replace(/^(\s*)- /gm, '$1* '),
	'a plus for its items': text => text.replace(/^(\s*)- /gm, '$1+ '),
	'blank lines between its items': text => text.replace(/^(- .*)\n(?=- )/gm, '$1\n\n'),
	'headings in bold': text => text.replace(/^(##+ )([^*`\n]+)$/gm, '$1**$2**'),
	'headings behind a picture': text => text.replace(/^(##+ )/gm, '$1🚦 '),
	'headings that end in a colon': text => text.replace(/^(##+ .+[^:：?）)\n])$/gm, '$1:'),
	'headings that are closed': text => text.replace(/^(##+)( .+)$/gm, '$1$2 $1'),
	'headings in capitals': text => text.replace(/^(##+ )(.+)$/gm, (_, mark, words) => `${mark}${words.toUpperCase()}`),
	'times in bold': text => text.replace(/(^|\| )(T[-−+]?\d+[a-z]*)( \|)/gm, '$1**$2**$3'),
	'times in code': text => text.replace(/(^|\| )(T[-−+]?\d+[a-z]*)( \|)/gm, '$1`$2`$3'),
};

/** Without the places of problems, which move with the marks. */
const reading = (text: string): readonly string[] =>
	readingText(text)
		.split('\n')
		.map(line => line.replace(/^ {2}\d+:\d+(?= (?:error|warning) )/, ''));

const folder = fileURLToPath(new URL('manners/', import.meta.url));
const texts = readdirSync(folder)
	.filter(file => file.endsWith('.md'))
	.map(file => {
		const text = readFileSync(`${folder}${file}`, 'utf8');
		return {file, text, meant: reading(text)};
	});

for (const [marks, changed] of Object.entries(ways)) {
	test(`every manner reads the same with ${marks}`, () => {
		for (const {file, text, meant} of texts) assert.deepEqual(reading(changed(text)), meant, file);
	});
}
