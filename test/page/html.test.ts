import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {escaped, type Html, html, raw} from '../../source/page/html.ts';
import {solid} from '../../source/page/solid.ts';

const acts = [
	'<script>alert(1)</script>',
	'"><img src=x onerror=alert(1)>',
	"' onload='alert(1)",
	'</style><b>',
	'&lt;',
	'`',
	'a=b',
];
const controls = [
	'\u0000',
	'\u001b[2J',
	'\u009b31m',
	'\u202egnp.exe',
	'\u2066x',
	'\u200b',
	'\ud800',
	'a\r\nb',
	'\u2028',
];
const around = ['', 'a', '"', "'", '<', '&'];
/** Every combination of what acts, what hides and what stands around it. */
const hostile = [...acts, ...controls].flatMap(text =>
	around.flatMap(left => around.flatMap(right => [`${left}${text}${right}`])),
);

const text = (value: string): string => html`<p title="${value}">${value}</p>`.toString();

test('hostile text never leaves its element or its attribute', () => {
	assert.ok(hostile.length > 500);
	for (const value of hostile) {
		const [, title = '', body = ''] = /^<p title="([^"<>]*)">([^<>]*)<\/p>$/u.exec(text(value)) ?? [];
		assert.equal(title, body, value);
		assert.ok(value === '' || title !== '');
	}
});

test('any text stays text, and shows nothing that is hidden', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary', maxLength: 60}), value => {
			assert.match(text(value), /^<p title="[^"<>]*">[^<>]*<\/p>$/u);
			assert.doesNotMatch(escaped(value), /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
		}),
	);
});

test('text in one piece is escaped in each of its parts, and is the same text', () => {
	fc.assert(
		fc.property(
			fc.array(fc.constantFrom(...hostile, 'T-30', '2031-01-14T22:25:00+01:00', '/', 'x'.repeat(30), ' ')),
			parts => {
				const text = parts.join('');
				const shown = solid(text).toString();
				assert.equal(
					shown.replaceAll(/<\/?span(?: class="(?:solid|long)")?>|<wbr>/g, '').replaceAll(/<[a-z/!]/gi, 'MARKUP'),
					escaped(text),
				);
			},
		),
	);
});

test('a hole outside quotes, in a script or in a style is refused', () => {
	const unquoted = (value: string): Html => html`<a href=${value}>x</a>`;
	const script = (value: string): Html => html`<script>${value}</script>`;
	const style = (value: string): Html => html`<style>a{b:${value}}</style>`;
	for (const wrong of [unquoted, script, style]) assert.throws(() => wrong('x'), TypeError);
});

test('html stays html, arrays are joined, null and false are nothing', () => {
	assert.equal(
		html`<ul>${['a', '<'].map(each => html`<li>${each}</li>`)}${null}${false}${0}</ul>`.toString(),
		'<ul><li>a</li><li>&lt;</li>0</ul>',
	);
	assert.equal(html`${raw('<b>')}`.toString(), '<b>');
});
