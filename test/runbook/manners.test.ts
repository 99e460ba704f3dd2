import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {reading} from './manners.ts';

const folder = fileURLToPath(new URL('manners/', import.meta.url));

/** Runbooks of a dozen teams, each in its own manner, and how each is read. */
const expected: Readonly<Record<string, ReturnType<typeof reading>>> = {
	'bare-offsets': {
		gates: [
			'1 command [named-checkzone example.org zone.db] [] [] network-team',
			'2 files [] [exports/zone-old.db] [] network-team',
			'3 statement [] [] [network-lead] network-lead',
		],
		stages: [
			'T-1d -86400 manual network-team []',
			'T-1h -3600 checks network-team [1 2]',
			'T-15 -900 decision network-lead+release-manager []',
			'T0 0 act network-team []',
			'T+5 300 verification network-team []',
			'T+1h 3600 closing network-lead []',
		],
		triggers: [
			'outage > 300',
			'network-lead: More than 5 % of queries fail for 10 minutes',
			'network-lead: customers are hurt',
		],
		rollback: ['scripts/restore-zone.sh (-)', 'scripts/manual-restore.sh (docs/restore.md)'],
		signOffs: ['network-team: log of T-1h', 'network-lead: decision at T-15, decision at T+1h'],
		problems: ['trigger-metric'],
	},
	beside: {
		gates: [
			'BRK.1 acknowledgement [] [docs/rehearsal.md] [ops-lead] anyone',
			'BRK.2 command [go test ./...] [] [] anyone',
		],
		stages: [
			'T-90 -5400 decision release-operator [BRK.1 BRK.2]',
			'T0 0 act release-operator []',
			'T0.2 0 manual broker-admin []',
			'T+2h 7200 closing ops-lead+release-operator []',
		],
		triggers: ['outage > 900'],
		rollback: ['scripts/downgrade.sh (-)', '-'],
		signOffs: ['ops-lead: -'],
		problems: ['owner-anyone', 'owner-anyone'],
	},
	'checklist-and-list': {
		gates: [
			'P1 command [psql -f checks/lag.sql] [] [] dba',
			'P2 command [make smoke] [] [] qa-lead',
			'P3 acknowledgement [] [reports/backup.md] [dba security] dba',
			'4 statement [] [] [incident-manager] incident-manager',
			'5 files [] [scripts/failback.sh] [] dba',
		],
		stages: [
			'T-2h -7200 checks dba [P1 P3 5]',
			'T-30 -1800 decision release-manager+dba [P1 P2 P3]',
			'T0 0 act dba []',
			'T+90s 90 verification dba []',
			'T+0:15 900 closing release-manager []',
		],
		triggers: ['outage >= 240', 'dba|release-manager: data loss'],
		rollback: ['scripts/failback.sh (-)', '-'],
		signOffs: ['dba: log of T-2h', 'release-manager: -'],
		problems: [],
	},
	'chinese-list': {
		gates: [
			'C1 command [bash ops/warm.sh --all] [ops/warm.sh] [] 值班运维',
			'C2 acknowledgement [] [] [DBA SRE] anyone',
			'C3 files [] [docs/回退说明.md] [] anyone',
		],
		stages: [
			'T-30 -1800 checks 值班运维 [C1 C2 C3]',
			'T-5 -300 decision 发布经理 []',
			'T0 0 act 值班运维 []',
			'T+15 900 verification 值班运维 []',
			'T+2h 7200 closing 发布经理 []',
		],
		triggers: ['outage >= 300', '发布经理: 发布经理决定'],
		rollback: ['ops/back.sh (-)', 'ops/cold.sh (docs/回退说明.md)'],
		signOffs: ['值班运维: log of T-30', '发布经理: -'],
		problems: ['owner-anyone', 'owner-anyone'],
	},
	chinese: {
		gates: [
			'G1 command [bash ops/precheck.sh --all] [ops/precheck.sh] [] 发布工程师',
			'G2 files [] [ops/rollback.sh] [] 发布经理',
			'G3 acknowledgement [] [docs/交接.md] [L1 L2] 运维主管',
			'G4 statement [] [] [产品负责人] 产品负责人',
		],
		stages: [
			'T-60 -3600 checks 发布工程师 [G1]',
			'T-10 -600 decision 发布经理+运维主管 [G1 G2 G3 G4]',
			'T0 0 act 发布经理 []',
			'T+10 600 verification 值班运维 []',
			'T+1h 3600 closing 发布经理 []',
		],
		triggers: ['outage > 600', 'L1|L2: 发生P1故障', '发布经理: 用户影响超出可接受范围'],
		rollback: ['ops/rollback.sh (-)', '-'],
		signOffs: ['发布工程师: log of T-60', '发布经理: decision at T-10, decision at T+1h'],
		problems: [],
	},
	crammed: {
		gates: [
			"CACHE_1 command [kubectl get job warm -o jsonpath='{.status.succeeded}' | grep -q 1] [] [] sre",
			'CACHE_2 acknowledgement [] [docs/oncall.md] [L1 L2 L3] sre',
		],
		stages: [
			'T-0:30 -1800 checks sre [CACHE_1 CACHE_2]',
			'T-0:05 -300 decision sre+oncall []',
			'T0 0 act sre []',
			'T+0:15 900 verification oncall []',
			'T+1:00 3600 closing sre []',
		],
		triggers: ['outage > 90', 'L2|L3: an incident'],
		rollback: ['scripts/cache-restore.sh (-)', '-'],
		signOffs: [],
		problems: ['signoffs-missing'],
	},
	'german-columns': {
		gates: ['A1 command [./sichern.sh] [sichern.sh] [] betrieb'],
		stages: ['T-30 -1800 decision betrieb [A1]', 'T0 0 act betrieb []', 'T+30 1800 closing leitung []'],
		triggers: [],
		rollback: ['-', '-'],
		signOffs: [],
		problems: ['signoffs-missing', 'rollback-missing', 'triggers-missing'],
	},
	'other-tables': {
		gates: [
			'M1 command [postfix check | postconf -n] [] [] relay-owner',
			'M2 command [scripts/queue.sh] [scripts/queue.sh] [] relay-owner',
			'M3 files [] [docs/relay.md scripts/back.sh] [] relay-owner',
			'M4 statement [] [] [change-desk] change-desk',
		],
		stages: [
			'T-1h -3600 checks relay-owner [M1 M2 M3]',
			'T-10 -600 decision relay-owner+change-desk []',
			'T0 0 act relay-owner []',
			'T+5 300 verification relay-owner []',
			'T+30 1800 closing change-desk []',
		],
		triggers: ['outage > 300', 'change-desk: Bounces of customers'],
		rollback: ['scripts/back.sh (-)', '-'],
		signOffs: [],
		problems: ['signoffs-missing', 'gate-command'],
	},
	'plain-list': {
		gates: [
			'1 command [bin/index --verify] [bin/index] [] anyone',
			'2 command [test $(df --output=avail / | tail -1) -gt 1000000] [] [] search-ops',
			'3 acknowledgement [] [] [search-lead] anyone',
		],
		stages: [
			'T-20 -1200 checks search-ops [1 2 3]',
			'T-5 -300 decision search-lead+release-manager []',
			'T0 0 act search-ops []',
			'T+10 600 verification search-ops []',
			'T+45 2700 closing search-lead []',
		],
		triggers: ['outage > 120'],
		rollback: ['scripts/alias-back.sh (-)', '-'],
		signOffs: ['search-lead: decision at T-5, decision at T+45'],
		problems: ['owner-anyone', 'owner-anyone'],
	},
	sections: {
		gates: [
			'TECH-1 command [cosign verify registry.example.org/loyalty] [] [] platform-team',
			'TECH-2 files [] [config/loyalty.yaml config/flags.json] [] platform-team',
			'BIZ-1 acknowledgement [] [docs/briefing.md] [marketing legal] service-owner',
			'BIZ-2 acknowledgement [] [] [service-owner] service-owner',
		],
		stages: [
			'T-120 -7200 checks platform-team [TECH-1 TECH-2 BIZ-1 BIZ-2]',
			'T-45 -2700 decision service-owner+release-manager []',
			'T0 0 act platform-team []',
			'T+20 1200 verification platform-team []',
			'T+40 2400 verification release-manager []',
			'T+1.5h 5400 closing service-owner []',
		],
		triggers: ['outage >= 300', 'release-manager: P1 incident & no workaround is known'],
		rollback: [
			'.github/workflows/loyalty-back.yaml {"mode":"rollback","version":"previous"}',
			'scripts/loyalty-back.sh (-)',
		],
		signOffs: ['platform-team: log of T-120', 'service-owner: file docs/closeout.md'],
		problems: [],
	},
	'sub-items': {
		gates: [
			'LED-1 command [ledger check --all] [] [] finance-ops',
			'LED-2 files [] [exports/ledger.csv] [] finance-ops',
			'LED-3 acknowledgement [] [mails/auditors.eml] [internal-audit] controller',
		],
		stages: [
			'T-2h -7200 checks finance-ops [LED-1 LED-2]',
			'T-15 -900 decision controller+finance-ops []',
			'T0 0 act finance-ops []',
			'T+30s 30 verification finance-ops []',
			'T+1d 86400 closing controller []',
		],
		triggers: ['outage >= 600', 'controller|internal-audit: a difference in the books'],
		rollback: ['ledger/freeze.sh (-)', 'ledger/hard-freeze.sh (docs/hard-freeze.md)'],
		signOffs: ['finance-ops: log of LED-1', 'controller: decision at T-15, LED-3 acknowledged'],
		problems: [],
	},
	'chinese-checklist': {
		gates: [
			'1 command [make test] [] [] 测试主管',
			'2 command [docker manifest inspect repo/pay:2] [] [] 发布工程师',
			'3 acknowledgement [] [docs/应急预案.md] [运维主管] anyone',
		],
		stages: [
			'T-45 -2700 checks 测试主管 [1 3]',
			'T-15 -900 decision 发布经理 []',
			'T0 0 act 发布工程师 []',
			'T+10 600 verification 值班运维 []',
			'T+40 2400 closing 发布经理 []',
		],
		triggers: ['outage > 180', '发布经理: 错误率超过 5% 持续 10 分钟', '发布经理: 影响不可接受'],
		rollback: ['.github/workflows/pay-rollback.yml {"version":"1"}', 'scripts/pay-rollback.sh (-)'],
		signOffs: ['测试主管: log of T-45', '发布经理: decision at T-15, decision at T+40'],
		problems: ['owner-anyone', 'trigger-metric'],
	},
	'migration-night': {
		gates: [
			'1 command [test -s backups/latest.dump] [] [] infra-lead',
			'2 command [make regression] [] [] qa-lead',
			'3 acknowledgement [] [] [support] anyone',
			'4 files [] [docs/rollback.md] [] anyone',
		],
		stages: [
			'T-90 -5400 manual infra-lead []',
			'T-45 -2700 checks qa-lead [2]',
			'T-20 -1200 decision infra-lead+product-owner []',
			'T0 0 act infra-lead []',
			'T+15 900 verification support []',
			'T+60 3600 closing product-owner []',
		],
		triggers: ['outage >= 300', 'support|product-owner: Checkout failure', 'infra-lead: the platform unstable'],
		rollback: ['.github/workflows/revert.yml {"env":"prod","target":"blue"}', 'scripts/revert.sh (docs/rollback.md)'],
		signOffs: ['infra-lead: log of 1', 'qa-lead: log of T-45', 'product-owner: decision at T-20, decision at T+60'],
		problems: ['owner-anyone', 'owner-anyone'],
	},
	'stop-columns': {
		gates: [
			'1 command [npm test] [] [] QA',
			'2 command [docker manifest inspect registry.example.org/web:2.1] [] [] platform',
			'3 files [] [scripts/rollback.sh] [] platform',
			'4 statement [] [] [PM] PM',
		],
		stages: [
			'T-1h -3600 checks QA+platform [1 2 3]',
			'T-15 -900 decision PM []',
			'T0 0 act platform []',
			'T0.2 0 manual PM []',
			'T+5 300 verification QA []',
			'T+30 1800 closing PM []',
		],
		triggers: ['outage > 180', 'PM: Error rate > 2% for 5 minutes', 'PM: PM calls it'],
		rollback: ['scripts/rollback.sh (-)', '-'],
		signOffs: ['QA: log of T-1h', 'PM: decision at T-15'],
		problems: ['gate-command', 'trigger-metric'],
	},
	grouped: {
		gates: [
			'N1 command [kubectl wait --for=condition=Ready node --all] [] [] infra-lead',
			'N2 files [] [backups/shop.tar.gz] [] infra-lead',
			'N3 acknowledgement [] [] [hotline-lead] infra-lead',
		],
		stages: ['T-15 -900 decision infra-lead [N1 N2 N3]', 'T0 0 act infra-lead []', 'T+15 900 closing infra-lead []'],
		triggers: ['outage > 300', 'infra-lead: the infra-lead says so.'],
		rollback: ['deploy/back.sh (-)', '-'],
		signOffs: ['infra-lead: log of N1'],
		problems: [],
	},
};

for (const name of readdirSync(folder).map(file => basename(file, '.md'))) {
	test(`a runbook in the manner of ${name} is read as it is meant`, () => {
		assert.deepEqual(reading(readFileSync(`${folder}${name}.md`, 'utf8')), expected[name]);
	});
}
