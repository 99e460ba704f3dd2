import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {reading} from './manners.ts';
import {codes, read} from './sample.ts';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const folder = `${docs}samples/`;

/** The samples of the documentation, each of another team, and what is understood of them. */
const expected: Readonly<Record<string, ReturnType<typeof reading>>> = {
	'data-centre': {
		gates: [
			'1 command [scripts/lag.sh --max 5s | scripts/slots.sh] [scripts/lag.sh scripts/slots.sh] [] storage-team',
			'2 command [make restore-drill | make restore-verify] [] [] storage-team',
			'3 command [nc -z db.north.example.org 5432] [] [] network-team',
			'4 files [] [docs/move.md docs/contacts.md] [] move-lead',
			'5 acknowledgement [] [docs/contacts.md] [day-shift night-shift] move-lead',
		],
		stages: [
			'T-2d -172800 manual move-lead []',
			'T-4h -14400 checks storage-team+network-team [1 2 3]',
			'T-0:20 -1200 decision move-lead [1 2 3 4 5]',
			'T0 0 act storage-team []',
			'T0.2 0 manual network-team []',
			'T+15 900 verification day-shift []',
			'T+1.5h 5400 verification storage-team []',
			'T+1d 86400 closing move-lead []',
		],
		triggers: ['outage >= 480', 'day-shift: wrong stock & no repair at hand'],
		rollback: ['.github/workflows/move-back.yml {"hall":"south","drain":"1"}', 'scripts/move-back.sh (docs/move.md)'],
		signOffs: [
			'storage-team: log of T-4h',
			'move-lead: decision at T-0:20, decision at T+1d',
			'day-shift: 5 acknowledged',
		],
		problems: [],
	},
	'payment-channel': {
		gates: [
			'P1 command [bash ops/channel-check.sh --all] [ops/channel-check.sh] [] 支付工程师',
			'P2 files [] [ops/reconcile.sh ops/channel-back.sh] [] 支付工程师',
			'P3 acknowledgement [] [docs/客服预案.md] [L1 L2] 客服主管',
			'P4 statement [] [] [财务负责人] 财务负责人',
		],
		stages: [
			'T-1d -86400 manual 客服主管 []',
			'T-1h -3600 checks 支付工程师 [P1 P2]',
			'T-10 -600 decision 发布经理+财务负责人 [P1 P2 P3 P4]',
			'T0 0 act 支付工程师 []',
			'T+5 300 verification 值班运维 []',
			'T+2h 7200 closing 发布经理 []',
		],
		triggers: ['outage > 300', 'L1|L2: 发生重复扣款', '发布经理: 影响不可接受'],
		rollback: ['ops/channel-back.sh (-)', '-'],
		signOffs: ['支付工程师: log of T-1h', '发布经理: decision at T-10, decision at T+2h'],
		problems: [],
	},
	'search-index': {
		gates: [
			'IDX-1 command [bin/compare-counts catalog-v2 catalog-v3 --tolerance 0.1] [bin/compare-counts] [] search-team',
			'IDX-2 command [npm run relevance -- --suite evening] [] [] qa-lead',
			'IDX-3 files [] [scripts/alias-back.sh docs/alias.md] [] search-team',
			'IDX-4 acknowledgement [] [docs/campaign.md] [marketing support] shop-lead',
		],
		stages: [
			'T-2h -7200 checks search-team [IDX-1 IDX-3]',
			'T-30 -1800 checks qa-lead [IDX-2]',
			'T-10 -600 decision shop-lead+search-team [IDX-1 IDX-2 IDX-3 IDX-4]',
			'T0 0 act search-team []',
			'T+90s 90 verification search-team []',
			'T+45 2700 closing shop-lead []',
		],
		triggers: ['outage > 180', 'shop-lead: lost orders'],
		rollback: ['scripts/alias-back.sh (-)', 'scripts/alias-force.sh (docs/alias.md)'],
		signOffs: ['search-team: log of IDX-1', 'shop-lead: decision at T-10, decision at T+45'],
		problems: [],
	},
};

for (const name of readdirSync(folder).filter(file => file.endsWith('.md'))) {
	test(`the sample ${name} is read as its team means it`, () => {
		const settings = `${folder}${basename(name, '.md')}.cutover.yaml`;
		const given = existsSync(settings) ? {settings: readFileSync(settings, 'utf8')} : {};
		assert.deepEqual(reading(readFileSync(`${folder}${name}`, 'utf8'), given), expected[basename(name, '.md')]);
	});
}

const page = readFileSync(`${docs}runbook-format.md`, 'utf8');
const example = /^````markdown\n(.*?)^````$/ms.exec(page)?.[1] ?? '';
const settings = /^```yaml\n(.*?)^```$/ms.exec(page)?.[1] ?? '';

test('the example of the page is read without a word of complaint, with its settings as well', () => {
	assert.deepEqual(reading(example), {
		gates: [
			'G1 command [bash ops/preflight.sh --strict] [ops/preflight.sh] [] operator',
			'G2 files [] [ops/back.sh docs/back.md] [] operator',
			'G3 acknowledgement [] [docs/handover.md] [L1 L2] ops-lead',
			'G4 statement [] [] [release-manager] release-manager',
		],
		stages: [
			'T-60 -3600 checks operator [G1]',
			'T-10 -600 decision release-manager+ops-lead [G1 G2 G3 G4]',
			'T0 0 act operator []',
			'T+10 600 verification operator []',
			'T+1h 3600 closing release-manager []',
		],
		triggers: ['outage > 480', 'L1|L2: a P1 incident & no repair at hand'],
		rollback: ['.github/workflows/back.yml {"target":"cluster-a"}', 'ops/back.sh (docs/back.md)'],
		signOffs: [
			'operator: log of T-60',
			'ops-lead: G3 acknowledged, file docs/handover.md',
			'release-manager: decision at T-10, decision at T+1h',
		],
		problems: [],
	});
	const {runbook, problems} = read(example, {settings});
	assert.deepEqual(codes(problems), []);
	assert.deepEqual(runbook?.deputies, {'release-manager': ['carol']});
});
