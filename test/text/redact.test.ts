/** Secrets in every usual spelling, in a text and in a stream that may break anywhere. */
import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {test} from 'node:test';
import {Redactor, redactedJson, redactor} from '../../source/text/redact.ts';

const secrets = ['hunter2', 'p4ss"w0rd/Long&1', "it's a secret", 'tok_ÄÖÜ+/=', `${'A'.repeat(20)}\n${'b'.repeat(30)}`];

const asCode = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

const latin1 = (text: string): string => Buffer.from(text).toString('latin1');

/** With every alignment in base64, and what stands around it. */
const spellings = (secret: string): readonly string[] => [
	secret,
	...['', 'u', 'us'].flatMap(before => [
		Buffer.from(`${before}${secret}:x`).toString('base64'),
		Buffer.from(`${before}${secret}:x`).toString('base64url'),
	]),
	Buffer.from(secret).toString('hex'),
	Buffer.from(secret).toString('hex').toUpperCase(),
	encodeURIComponent(secret),
	encodeURIComponent(secret).replaceAll('%20', '+'),
	new URLSearchParams({q: secret}).toString(),
	JSON.stringify(secret),
	JSON.stringify({deep: [secret]}),
	JSON.stringify(secret).replaceAll('/', '\\/'),
	JSON.stringify(JSON.stringify({deep: secret})),
	JSON.stringify(JSON.stringify({deep: secret}).replaceAll(/[\u0080-\uffff]/g, asCode)),
	encodeURI(secret),
	encodeURIComponent(secret).replaceAll('%2F', '/'),
	encodeURIComponent(encodeURIComponent(secret)),
	secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
	`'${secret.replaceAll("'", "''")}'`,
	`"${secret.replaceAll('"', '""')}"`,
	`declare -x S="${secret.replaceAll(/["$`\\]/g, '\\$&')}"`,
	...[' ', ':'].map(between => [...Buffer.from(secret)].map(byte => byte.toString(16).padStart(2, '0')).join(between)),
	[...Buffer.from(secret)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join(''),
];

/** What of a secret is left: nothing that gives it away. */
function assertGone(shown: string, secret: string): void {
	assert.ok(!shown.includes(secret), shown);
	for (const match of shown.matchAll(/[A-Za-z0-9+/_-]{8,}/g)) {
		const decoded = Buffer.from(match[0], 'base64').toString();
		assert.ok(!decoded.includes(secret), `${shown} decodes to ${decoded}`);
	}
	assert.ok(
		!Buffer.from(shown.replaceAll(/[^0-9a-f]/gi, ''), 'hex')
			.toString()
			.includes(secret),
		shown,
	);
}

test('a secret is taken out in every usual spelling', () => {
	const clean = redactor(secrets);
	for (const secret of secrets)
		for (const spelt of spellings(secret)) {
			const shown = clean(`before ${spelt} after`);
			assert.match(shown, /^before .*\[redacted\].* after$/s, spelt);
			assertGone(shown, secret);
		}
});

test('a stream that breaks at any byte shows no secret in any spelling', () => {
	// After its end it holds nothing back; one for each break would look for the spellings anew.
	const stream = new Redactor(secrets);
	for (const secret of secrets)
		for (const spelt of spellings(secret)) {
			const bytes = latin1(`x ${spelt} y`);
			const once = stream.push(bytes) + stream.end();
			for (let at = 0; at <= bytes.length; at++)
				assert.equal(stream.push(bytes.slice(0, at)) + stream.push(bytes.slice(at)) + stream.end(), once);
		}
});

test('a long secret is taken out of base64 that is broken into lines', () => {
	const token = `eyJ${'payload.'.repeat(30)}`;
	for (const width of [64, 76]) {
		const lines =
			Buffer.from(token)
				.toString('base64')
				.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
		assert.match(redactor([token])(lines.join('\n')), /^(?:\[redacted\]\n)+(?:\[redacted\]|.{0,11})$/);
	}
});

test('other text stays as it is', () => {
	const text = randomBytes(30_000).toString('base64');
	assert.equal(redactor(secrets)(text), text);
	assert.equal(redactor([])('nothing'), 'nothing');
});

test('the longest secret is taken out first, and one under six characters is not sought', () => {
	const clean = redactor(['hunter2', 'hunter2.long', 'a.*(b[', 'abc', '']);
	assert.equal(clean('hunter2.long hunter2x a.*(b[ abc aXXb'), '[redacted] [redacted]x [redacted] abc aXXb');
});

test('a secret that was set with a line end is taken out where it is without one', () => {
	const clean = redactor(['hunter2\n', ' tok_1234 ']);
	assert.equal(clean('user=ana password=hunter2 token=tok_1234'), 'user=ana password=[redacted] token=[redacted]');
	assert.equal(clean(Buffer.from('hunter2').toString('hex')), '[redacted]');
});

test('in JSON a secret is taken out of texts and of the names that hold them, and the rest stays as it is', () => {
	const given = {hunter2: {'by hunter2': [1, null, 'hunter2!']}, plain: true};
	assert.deepEqual(redactedJson(JSON.stringify(given), redactor(['hunter2'])), {
		'[redacted]': {'by [redacted]': [1, null, '[redacted]!']},
		plain: true,
	});
});

test('keys and keystores of many kilobytes are taken out, wherever the stream breaks', () => {
	const keystore = randomBytes(30_000).toString('base64');
	const key = Array.from({length: 200}, () => randomBytes(48).toString('base64')).join('\n');
	const service = JSON.stringify({type: 'service_account', key});
	const large = [keystore, key, service];
	const clean = redactor(large);
	for (const secret of large) {
		for (const spelt of [secret, JSON.stringify(secret), Buffer.from(secret).toString('hex')])
			assert.match(clean(`before ${spelt} after`), /^before \S*\[redacted\]\S* after$/);
		const stream = new Redactor(large);
		let shown = '';
		for (let at = 0; at < secret.length; at += 4096) shown += stream.push(secret.slice(at, at + 4096));
		assert.equal(shown + stream.end(), '[redacted]');
	}
});
