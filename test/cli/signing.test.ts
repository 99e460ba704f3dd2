/** Acts signed with ssh-keygen: what holds, what is refused, and what an auditor sees of it. */
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {namespace, readStatement} from '../../source/cutover/decide/signed.ts';
import {NotSigned, pastedSignature, sign, verifySignature} from '../../source/evidence/ssh-signature.ts';
import {byHand, type Forged, hasJq, linesIn, rewritten} from '../evidence/rewritten.ts';
import {type Desk, desk} from './desk.ts';

function keys(
	t: TestContext,
): (name: string, ...kind: readonly string[]) => {readonly file: string; readonly pub: string} {
	const folder = mkdtempSync(join(tmpdir(), 'keys-'));
	t.after(() => rmSync(folder, {recursive: true, force: true}));
	return (name, ...kind) => {
		const file = join(folder, name);
		const [type = 'ed25519', ...rest] = kind;
		execFileSync('ssh-keygen', ['-q', '-t', type, ...rest, '-N', '', '-C', name, '-f', file]);
		return {file, pub: readFileSync(`${file}.pub`, 'utf8').trim()};
	};
}

const allowed = (name: string, pub: string, options = ''): string => `${name} ${options}${pub}\n`;
const at = '2031-03-08T22:00:00.000Z';

test('ed25519, ecdsa and rsa signatures hold; another key, namespace, signer, text or time does not', async t => {
	const make = keys(t);
	for (const kind of [['ed25519'], ['ecdsa'], ['rsa', '-b', '2048']]) {
		const mine = make(`mine-${kind[0]}`, ...kind);
		const other = make(`other-${kind[0]}`, ...kind);
		const signers = allowed('ana', mine.pub);
		const statement = '{"say":"yes"}';
		const good = {statement, signature: await sign(mine.file, namespace, statement)};
		assert.match(await verifySignature(signers, 'ana', namespace, good, at), /^SHA256:/);
		const foreign = {statement, signature: await sign(mine.file, 'file', statement)};
		const stranger = {statement, signature: await sign(other.file, namespace, statement)};
		const expired = allowed('ana', mine.pub, 'valid-before="20300101" ');
		for (const [list, signer, signed] of [
			[signers, 'ana', foreign],
			[signers, 'ana', stranger],
			[signers, 'ben', good],
			[signers, 'ana', {...good, statement: '{"say":"no"}'}],
			[expired, 'ana', good],
		] as const)
			await assert.rejects(verifySignature(list, signer, namespace, signed, at), NotSigned);
	}
});

test('an agent that hangs, a key that is not there: each failure has its sentence', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'keys-'));
	t.after(() => rmSync(folder, {recursive: true}));
	await assert.rejects(sign(join(folder, 'nowhere'), namespace, 'x'), /Not signed with .*nowhere: .*No such file/);
	execFileSync('mkfifo', [join(folder, 'hangs')]);
	await assert.rejects(sign(join(folder, 'hangs'), namespace, 'x', {limitMs: 300}), /did not answer within 0\.3 s/);
});

async function signedDesk(t: TestContext, signatures: string): Promise<{night: Desk; key: string; other: string}> {
	const make = keys(t);
	const [mine, other] = [make('rita'), make('mallory')];
	const night = desk(t);
	night.write('allowed', allowed('rita', mine.pub));
	night.write('runbook.cutover.yaml', `cutover: 1\nallowed-signers: allowed\nsignatures: ${signatures}\n`);
	await night.must('rita', 'begin', 'runbook.md', '--t0', '+61m', '--ticket', 'CHG-7', '--environment', 'test');
	return {night, key: mine.file, other: other.file};
}

const noGo = ['decide', 'no-go', '--role', 'release-manager', '--reason', 'not yet'];

test('where signatures are required, an unsigned vote is refused, a signed one is recorded and verified', async t => {
	const {night, key, other} = await signedDesk(t, 'required');
	const unsigned = await night.as('rita', ...noGo);
	assert.deepEqual(
		[unsigned.code, /This act must be signed: .*--sign|This act must be signed: /.test(unsigned.stderr)],
		[1, true],
	);
	const stranger = await night.as('rita', ...noGo, '--sign', other);
	assert.deepEqual([stranger.code, /signature of rita does not hold/.test(stranger.stderr)], [2, true]);
	await night.must('rita', ...noGo, '--sign', key);
	const {stdout} = await night.cli('log', '--json');
	const vote = stdout
		.trim()
		.split('\n')
		.map(line => JSON.parse(line))
		.find(({type}) => type === 'voted');
	assert.equal(vote.by.strength, 'signature');
	const statement = readStatement(vote.by.signed.statement);
	assert.deepEqual(
		[statement?.entry, statement?.head, statement?.subject, statement?.decision, statement?.person],
		[vote.seq, vote.previous, 'go/no-go', 'no-go', 'rita'],
	);
	const verified = JSON.parse((await night.cli('verify', '--json')).stdout);
	assert.deepEqual([verified.valid, verified.signatures], [true, {good: 1, bad: 0, unsigned: 0}]);
});

const votes =
	(change: (vote: Forged) => Forged) =>
	(all: readonly Forged[]): readonly Forged[] =>
		all.map(entry => (entry.type === 'voted' ? change(entry) : entry));

/** A hold that a no-go brings is of the same signature. */
const unsigned = (all: readonly Forged[]): readonly Forged[] =>
	all.map(entry => (entry.by.signed === undefined ? entry : withoutSignature(entry)));

const withoutSignature = ({by: {signed: _, key: _key, ...by}, ...vote}: Forged): Forged => ({
	...vote,
	by: {...by, strength: 'stated'},
});

for (const signatures of ['optional', 'required'])
	test(`no signature is moved, edited or taken away in a rewritten journal: ${signatures}`, async t => {
		const {night, key, other} = await signedDesk(t, signatures);
		await night.must('rita', ...noGo, '--sign', key);
		const {folder} = JSON.parse((await night.cli('list', '--json')).stdout)[0];
		const [vote] = linesIn(folder).filter(({type}) => type === 'voted');
		assert.ok(vote);
		const statement = vote.by.signed?.statement ?? '';
		const signed = (said: Partial<NonNullable<Forged['by']['signed']>>) =>
			votes(entry => ({
				...entry,
				by: {...entry.by, signed: {statement, signature: vote.by.signed?.signature ?? '', ...said}},
			}));
		const forged = {
			nothing: (all: readonly Forged[]) => all,
			'the vote once more': (all: readonly Forged[]) => [...all, vote],
			'another entry before it': (all: readonly Forged[]) => [
				...all.slice(0, 1).flatMap(first => [first, {...first, type: 'noted', data: {text: 'x', on: null}}]),
				...all.slice(1),
			],
			'another decision': votes(entry => ({...entry, data: {...entry.data, vote: 'go'}})),
			'another role': votes(entry => ({...entry, by: {...entry.by, role: 'ops-lead'}})),
			'another person': votes(entry => ({...entry, by: {...entry.by, name: 'oscar'}})),
			'another key named': votes(entry => ({...entry, by: {...entry.by, key: 'SHA256:other'}})),
			'another statement': signed({statement: statement.replace('no-go"', 'go"')}),
			'the signature of a stranger': signed({signature: await sign(other, namespace, statement)}),
			'another signature of the hold that it brought': (all: readonly Forged[]) =>
				all.map(entry =>
					entry.type === 'holdPlaced'
						? {...entry, by: {...entry.by, signed: {statement, signature: 'of something else'}}}
						: entry,
				),
			'no signature': unsigned,
		};
		// Only a vote without a signature is judged by the settings.
		const tried = signatures === 'required' ? Object.keys(forged) : ['nothing', 'another decision', 'no signature'];
		for (const [what, change] of Object.entries(forged).filter(([name]) => tried.includes(name))) {
			const copy = rewritten(folder, change);
			t.after(() => rmSync(dirname(copy), {recursive: true}));
			const holds = what === 'nothing' || (what === 'no signature' && signatures === 'optional');
			assert.equal((await night.cli('verify', copy)).code, holds ? 0 : 1, what);
			assert.equal(byHand(copy), hasJq ? (holds ? 0 : 1) : null, `by hand: ${what}`);
		}
		const said = await night.cli('verify', rewritten(folder, unsigned));
		if (signatures === 'required')
			assert.match(said.stdout, /entry 2 is not signed, and the approved settings require it/);
	});

test('signatures without allowed signers are an error of the settings', async t => {
	const night = desk(t);
	night.write('runbook.cutover.yaml', 'cutover: 1\nsignatures: required\n');
	assert.match((await night.answers('check', 'runbook.md')).stdout, /settings-signers/);
});

test('a signature made elsewhere is taken from the input, and a terminal offers it where one is missing', async t => {
	const {night, key} = await signedDesk(t, 'required');
	const none = await night.as('rita', ...noGo, '--sign', '-');
	assert.equal(none.code, 1);
	assert.match(
		none.stderr,
		/printf %s '{"purpose":"an act in a cutover".* \| ssh-keygen -Y sign[\s\S]*No signature was given/,
	);
	const asked = await night.typing([['a key file, or - to paste', key]], ...noGo, '--as', 'rita');
	assert.equal(asked.code, 0, asked.stderr);
	assert.match(asked.stderr, /Statement of entry|This act is signed/);
});

test('what became of a pasted signature on its way is put right, and what is none is refused', async t => {
	const {file, pub} = keys(t)('ana');
	const made = await sign(file, namespace, 'x');
	const holds = (signature: string): Promise<string> =>
		verifySignature(allowed('ana', pub), 'ana', namespace, {statement: 'x', signature: pastedSignature(signature)}, at);
	for (const spoilt of [
		made,
		made.replaceAll('\n', ' '),
		made.replaceAll('\n', ''),
		made.replaceAll('\n', '\r\n   '),
		`$ ${made}$`,
	])
		assert.match(await holds(spoilt), /^SHA256:/);
	for (const none of ['', 'x', made.slice(0, -30)])
		assert.throws(() => pastedSignature(none), /This is not a signature/);
});

test('the plain screen asks for a signature, and takes one that is pasted line by line', async t => {
	const {night, key} = await signedDesk(t, 'required');
	const folder = JSON.parse((await night.cli('list', '--json')).stdout)[0].folder;
	const made = (): string => {
		const statement = readFileSync(join(folder, 'to-sign', 'rita.json'));
		const armored = execFileSync('ssh-keygen', ['-Y', 'sign', '-n', namespace, '-f', key], {input: statement});
		return armored.toString('utf8').trim();
	};
	const {code, stdout} = await night.talking(
		[
			['Type a command, help, or quit.', 'decide no-go --role release-manager --reason "not yet"'],
			['a key file, or - to paste', '-'],
			['paste the signature here', made],
			['NO-GO rita', 'quit'],
		],
		'--plain',
		'--as',
		'rita',
	);
	assert.equal(code, 0);
	assert.match(stdout, /NO-GO rita/);
	assert.deepEqual(JSON.parse((await night.cli('verify', '--json')).stdout).signatures, {good: 1, bad: 0, unsigned: 0});
});

test('status says of each sign-off whether it was signed with a key, and how surely its name is known', async t => {
	const {night, key} = await signedDesk(t, 'optional');
	await night.must('rita', 'sign', 'S5', '--sign', key);
	const signOffs = (await night.status())['signOffs'] as readonly Readonly<Record<string, unknown>>[];
	const [open, signed] = ['S4', 'S5'].map(id => signOffs.find(item => item['id'] === id));
	assert.deepEqual([signed?.['signature'], signed?.['identity']], ['signed', 'signature']);
	assert.deepEqual([open?.['signature'], open?.['identity']], [null, null]);
});
