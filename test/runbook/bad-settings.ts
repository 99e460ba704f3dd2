/*
Bad settings: some for each complaint, and where in them the problem points.
*/
import type {Code} from '../../source/runbook/problems/complaints.ts';
import {changed} from './sample.ts';

export type Case = {
	readonly yaml: string;
	readonly at: string | readonly [number, number];
	readonly says: RegExp;
	readonly text?: string;
	readonly missing?: readonly string[];
	readonly folders?: readonly string[];
	readonly set?: readonly string[];
};

export const people =
	'operator: [ana], qa-lead: [ana], release-manager: [ana], ops-lead: [ana], oncall: [ana], product-owner: [ana], L1: [ana], L2: [ana]';

const withoutWorkflow = changed('Open `.github/workflows/orders-back.yml`', 'Open the runbook of the router').replace(
	'Workflow `.github/workflows/orders-back.yml` and script',
	'Script',
);

export const cases: Partial<Record<Code, readonly Case[]>> = {
	'settings-yaml': [
		{yaml: 'cutover: 1\nroles: [a\n', at: [3, 1], says: /not YAML/},
		{yaml: 'cutover: 1\ntitle: Move: orders\n', at: [2, 12], says: /must be in quotation marks/},
		{yaml: 'cutover: 1\nroles:\n  qa: [ana]\n dba: [ben]\n', at: [4, 2], says: /not indented as the lines/},
		{yaml: 'cutover: 1\ntitle:orders\n', at: [2, 1], says: /key: value, with a space/},
		{yaml: 'cutover: 1\ntitle:orders \n\n# c\nticket: x\n', at: [2, 1], says: /key: value, with a space/},
		{yaml: '\tcutover: 1\n', at: [1, 1], says: /by spaces, never by tabs/},
		{yaml: 'cutover: 1\nroles:\n  qa: [ana]\n\tdba: [ben]\n', at: '\tdba', says: /by spaces, never by tabs/},
		{yaml: 'cutover: 1\nendpoints:\n  - name: a\n     url: b\n', at: [4, 9], says: /not indented as the lines/},
		{yaml: 'cutover: 1\nsecrets: [A, B]]\n', at: [2, 16], says: /this bracket closes none/},
		{yaml: 'cutover: 1\nsecrets: [A, B}\n', at: '}', says: /closing bracket is missing before this/},
		{yaml: 'cutover: 1\nsecrets: [A,, B]\n', at: ', B', says: /a value is missing before this comma/},
		{yaml: "cutover: 1\ntitle: 'it's'\n", at: "s'\n", says: /ends at the quotation mark before this/},
		{yaml: 'cutover: 1\ntitle: "\\d+"\n', at: 'd+', says: /a backslash .* is doubled/},
		{yaml: 'cutover: 1\ntitle: "a\\U00110000"\n', at: '\\U', says: /no such character/},
		{yaml: 'cutover: 1\nsecrets: [\n  A\n]\ntitle: Move: x\n', at: ': x', says: /must be in quotation marks/},
		{yaml: 'cutover: 1\n---\ntitle: x\n', at: [2, 1], says: /multiple documents/},
		{yaml: '---\ncutover: 1\n...\ntitle: x\n---\n', at: [3, 1], says: /multiple documents/},
		{yaml: `cutover: 1\n# ${'x'.repeat(200_000)}\n`, at: [1, 1], says: /128 KiB/},
	],
	'settings-feature': [
		{yaml: 'cutover: 1\nsecrets: &a [X]\n', at: '[X]', says: /an anchor/},
		{yaml: 'cutover: 1\nsecrets: &a [X]\npass: *a\n', at: '*a', says: /an alias/},
		{yaml: 'cutover: 1\ntitle: !!str x\n', at: 'x\n', says: /a tag/},
		{yaml: 'cutover: 1\ntitle: &x\n', at: '&x', says: /an anchor/},
		{yaml: 'cutover: 1\ntitle: !x\n', at: '!x', says: /a tag/},
		{yaml: 'cutover: 1\nrollback: {<<: {prove: 1m}}\n', at: '<<', says: /a merge key/},
		{yaml: '%YAML 1.1\n---\ncutover: 1\n', at: [1, 1], says: /a directive/},
	],
	'settings-double': [
		{yaml: 'cutover: 1\ntitle: a\ntitle: b\n', at: [3, 1], says: /title is set twice/},
		{yaml: 'cutover: 1\ngates: {G1: {timeout: 5m}, g1: {timeout: 6m}}\n', at: 'g1', says: /gates\.G1 is set twice/},
		{yaml: 'cutover: 1\nstages: {T-60: {timeout: 5m}, T-1h: {timeout: 6m}}\n', at: 'T-1h', says: /stages\.T-60/},
	],
	'settings-key': [
		{yaml: 'cutover: 1\nroles:\n  __proto__: [ana]\n', at: '__proto__', says: /no setting __proto__/},
		{yaml: 'cutover: 1\ntitel: x\n', at: 'titel', says: /no setting titel/},
		{yaml: 'cutover: 1\nnotify: [{on: [go], comand: ops/tell.sh}]\n', at: 'comand', says: /Did you mean command/},
		{yaml: 'cutover: 1\ngates:\n  G1: {timeOut: 5m}\n', at: 'timeOut', says: /gates\.G1\.timeOut/},
		{yaml: 'cutover: 1\ncolumns: {owners: [x]}\n', at: 'owners', says: /columns\.owners/},
		{yaml: 'cutover: 1\npeople: {alice: {roles: [dba]}}\n', at: 'roles', says: /zone\. roles is at the top/},
		{yaml: 'cutover: 1\n__proto__: {title: x}\n', at: '__proto__', says: /__proto__/},
	],
	'settings-missing': [
		{
			yaml: 'cutover: 1\nendpoints: [{name: a, kind: tcp}]\n',
			at: '{name',
			says: /address is missing\. .*kind tcp asks/,
		},
		{yaml: 'cutover: 1\nserve: {listen: "unix:/run/web.sock"}\n', at: '{listen', says: /the address that readers open/},
	],
	'settings-type': [
		{
			yaml: 'cutover: 1\nendpoints:\n  - {name: a, url: "http://a.example.org"} # a-b\n  # c\n  -\n',
			at: [5, 3],
			says: /endpoints\[2\]/,
		},
		{yaml: 'cutover: 1\npeople: {dba: [alice]}\n', at: '[alice]', says: /a group of keys: login, keys, mail/},
		{yaml: 'cutover: 1\nleast: {go: stated}\n', at: 'stated', says: /stated/},
		{
			yaml: 'cutover: 1\nnotify: [{on: [go], to: pigeon}]\n',
			at: 'pigeon',
			says: /notify\[1\]\.to is "pigeon", not command or slack or /,
		},
		{
			yaml: 'cutover: 1\nserve: {listen: "0.0.0.0:8440"}\n',
			at: '"0.0.0.0',
			says: /loopback address or unix:\/PATH, or have tls/,
		},
		{yaml: 'cutover: 1\nserve: {listen: here}\n', at: 'here', says: /127\.0\.0\.1:8440/},
		{yaml: 'cutover: 1\nidentity: {header: Cookie, secret: X}\n', at: 'Cookie', says: /only the proxy sets/},
		{yaml: 'cutover: 1\npublish: {}\n', at: '{}', says: /file or command/},
		{yaml: 'cutover: 1\ntitle: [x]\n', at: '[x]', says: /title is a list, not a text/},
		{yaml: 'cutover: 1\nroles: {operator: ana}\n', at: 'ana', says: /roles\.operator is "ana", not a list/},
		{yaml: 'cutover: 1\nstages: {T0: {start: later}}\n', at: 'later', says: /not person or auto/},
		{yaml: 'cutover: 1\nsecrets: [DB-PASSWORD]\n', at: 'DB-PASSWORD', says: /environment variable/},
		{yaml: 'cutover: 1\ntriggers: {"1": {of: -1}}\n', at: '-1', says: /triggers\.1\.of/},
	],
	'settings-version': [
		{yaml: 'cutover: 2\n', at: '2', says: /version 1/},
		{yaml: 'title: x\n', at: [1, 1], says: /version 1/},
		{yaml: '- a\n', at: [1, 1], says: /version 1/},
	],
	'settings-duration': [
		{yaml: 'cutover: 1\nrollback: {prove: 10}\n', at: '10}', says: /prove/},
		{yaml: 'cutover: 1\nrollback: {prove: 0s}\n', at: '0s', says: /above zero/},
	],
	'settings-time': [
		{yaml: 'cutover: 1\nt0: 2031-03-08T22:00:00\n', at: '2031', says: /offset/},
		{yaml: 'cutover: 1\nt0: 2031-02-30T22:00:00Z\n', at: '2031', says: /date/},
	],
	'settings-id': [{yaml: 'cutover: 1\nid: ../up\n', at: '../up', says: /"\.\.\/up"/}],
	'settings-unknown': [
		{yaml: 'cutover: 1\ngates: {G9: {timeout: 1m}}\n', at: 'G9', says: /no gate G9/},
		{yaml: 'cutover: 1\nstages: {T-20: {timeout: 1m}}\n', at: 'T-20', says: /no stage T-20/},
		{yaml: 'cutover: 1\nstages: {T0: {gates: [G1, G8]}}\n', at: 'G8', says: /no gate G8/},
		{yaml: 'cutover: 1\ndeputies: {operater: [bob]}\n', at: 'operater', says: /no role operater.*operator/},
		{yaml: 'cutover: 1\ntriggers: {"4": {threshold: 1m}}\n', at: '"4"', says: /no trigger 4/},
	],
	'settings-person-twice': [
		{yaml: `cutover: 1\nroles: {${people}, L3: [bob, Bob]}\n`, at: 'Bob', says: /Bob is named twice/},
	],
	'settings-role-empty': [{yaml: `cutover: 1\nroles: {${people}, L3: []}\n`, at: '[]', says: /role L3/}],
	'settings-two-people': [
		{
			yaml: `cutover: 1\nroles: {${people}, L3: [ana]}\n`,
			at: 'roles',
			says: /release-manager, ops-lead, each by another person, and only ana may/,
		},
	],
	'settings-role-twice': [
		{
			yaml: `cutover: 1\nroles: {${people}, L3: [a], Release Manager: [a]}\n`,
			at: 'Release Manager',
			says: /release-manager is set twice/,
		},
	],
	'settings-path': [
		{yaml: 'cutover: 1\ngates: {G1: {playbook: /etc/x.ts}}\n', at: '/etc', says: /absolute/},
		{yaml: 'cutover: 1\ngates: {G1: {playbook: a/../../x.ts}}\n', at: 'a/..', says: /leaves the workspace/},
		{yaml: 'cutover: 1\ngates: {G1: {playbook: -x.ts}}\n', at: '-x.ts', says: /dash/},
		{yaml: 'cutover: 1\ngates: {G1: {playbook: ops}}\n', at: 'ops', says: /folder/, folders: ['ops']},
	],
	'settings-path-missing': [
		{
			yaml: 'cutover: 1\nstages: {T0: {playbook: gone.ts}}\n',
			at: 'gone.ts',
			says: /gone\.ts does not exist/,
			missing: ['gone.ts'],
		},
	],
	'settings-url': [
		{yaml: 'cutover: 1\nendpoints: [{name: a, url: "ftp://a"}]\n', at: '"ftp', says: /http or https/},
		{yaml: 'cutover: 1\nendpoints: [{name: a, url: "https://u:p@a"}]\n', at: '"https', says: /password/},
		{yaml: 'cutover: 1\nendpoints: [{name: a, url: "https://$HOST/x"}]\n', at: '"https', says: /expansion/},
		{
			yaml: 'cutover: 1\nendpoints: [{name: a, url: "http://169.254.169.254/latest"}]\n',
			at: '"http',
			says: /link-local/,
		},
		{
			yaml: 'cutover: 1\nendpoints: [{name: a, kind: tcp, address: "169.254.1.1:80"}]\n',
			at: '"169',
			says: /link-local/,
		},
		{yaml: 'cutover: 1\nrollback: {api: "http://api.example.org"}\n', at: '"http', says: /loopback/},
		{yaml: 'cutover: 1\nendpoints: [{name: a, url: "http://0xA9FEA9FE/latest"}]\n', at: '"http', says: /link-local/},
		{yaml: 'cutover: 1\nserve: {url: "https://example.org/cutover"}\n', at: '"https', says: /begin at its root/},
	],
	'settings-secret': [
		{yaml: `cutover: 1\nrollback: {token: ghp_${'a1B2'.repeat(9)}}\n`, at: 'ghp_', says: /rollback\.token/},
		{yaml: 'cutover: 1\nenvironment: password=hunter22\n', at: 'password', says: /looks like a secret/},
	],
	'settings-pass-never': [
		{
			yaml: 'cutover: 1\npass: [KUBECONFIG, SSH_AUTH_SOCK]\n',
			at: 'SSH_AUTH_SOCK',
			says: /is never passed on.*Take it out/,
		},
	],
	'settings-prove': [
		{
			yaml: 'cutover: 1\nendpoints: [{name: api, url: "http://127.0.0.1:9/"}]\nrollback: {prove: 30s}\n',
			at: 'prove',
			says: /up for 2m after it, within 30s\. Set rollback\.prove above rollback\.settle/,
		},
	],
	'settings-unfit': [
		{
			yaml: 'cutover: 1\nrollback: {repository: example/orders, ref: main}\n',
			at: 'repository',
			says: /names no workflow/,
			text: withoutWorkflow,
		},
		{yaml: 'cutover: 1\ntriggers: {"2": {threshold: 1m}}\n', at: 'threshold', says: /confirmed by people/},
		{yaml: 'cutover: 1\ntriggers: {"2": {restore: 2}}\n', at: 'restore', says: /confirmed by people/},
		{yaml: 'cutover: 1\ngates: {G1: {need: any}}\n', at: 'need', says: /asks no groups/},
	],
	'settings-unset': [
		{
			yaml: 'cutover: 1\nnotify: [{on: [go], to: ntfy, url: TOPIC, token: NTFY_TOKEN}]\n',
			at: 'NTFY_TOKEN',
			says: /NTFY_TOKEN is not set here: nothing is sent by ntfy\. .*export NTFY_TOKEN=/,
			set: ['TOPIC'],
		},
	],
	'settings-mail-missing': [
		{
			yaml: 'cutover: 1\npeople: {ana: {mail: ana@example.org}}\nnotify: [{on: [go], to: mail, server: S, from: a@b.example, people: [ana, bob]}]\n',
			at: 'bob]',
			says: /bob has no mail address/,
		},
	],
	'settings-identity-nobody': [
		{
			yaml: 'cutover: 1\nserve: {listen: "unix:/run/w.sock", url: "https://w.example"}\nidentity: {header: X-Email, secret: PROXY}\n',
			at: 'identity',
			says: /signs nobody in: nobody has a mail address/,
		},
	],
	'settings-identity': [
		{
			yaml: 'cutover: 1\npeople: {bob: {mail: bob@example.org}}\nidentity: {header: X-Email, secret: PROXY}\n',
			at: 'identity',
			says: /Others than the proxy reach the page/,
		},
	],
	'settings-oidc': [
		{
			yaml: 'cutover: 1\npeople: {bob: {mail: bob@example.org}}\nidentity: {oidc: "https://login.example.org", client: cutover, secret: OIDC}\n',
			at: 'identity',
			says: /cannot send people back/,
		},
	],
	'settings-identity-unset': [
		{
			yaml: 'cutover: 1\npeople: {bob: {mail: bob@example.org}}\nserve: {listen: "unix:/run/w.sock", url: "https://w.example"}\nidentity: {header: X-Email, secret: PROXY}\n',
			at: 'PROXY',
			says: /PROXY is not set here/,
			set: [],
		},
	],
	'settings-no-identity': [
		{yaml: 'cutover: 1\nleast: {go: proxy}\n', at: 'proxy', says: /least\.go takes a sign-in/},
		{
			yaml: 'cutover: 1\npeople: {bob: {mail: bob@example.org}}\nserve: {listen: "unix:/run/w.sock", url: "https://w.example"}\nidentity: {header: X-Email, secret: PROXY}\nleast: {go: oidc}\n',
			at: 'oidc',
			says: /least\.go takes a sign-in/,
		},
	],
	'settings-signers': [
		{yaml: 'cutover: 1\nsignatures: required\n', at: 'signatures', says: /nothing says whose signature counts/},
	],
	'settings-later': [
		{yaml: 'cutover: 1\nfreeze: {check: ops/freeze.sh}\n', at: 'freeze', says: /freeze does nothing/},
		{yaml: 'cutover: 1\nuser: deploy\n', at: 'user', says: /user does nothing/},
	],
	'settings-window': [
		{
			yaml: 'cutover: 1\nwindow: {start: "2031-03-08T22:00:00Z", end: "2031-03-08T21:00:00Z"}\n',
			at: 'end',
			says: /ends before it begins/,
		},
		{
			yaml: 'cutover: 1\nwindow: {start: "2031-03-08T22:00:00Z", end: "2031-03-08T22:30:00Z", rollback: 1h}\n',
			at: 'rollback',
			says: /shorter than a rollback/,
		},
		{yaml: 'cutover: 1\nwindow: {rollback: 20m}\n', at: 'rollback', says: /has no end/},
	],
	'settings-endpoint-double': [
		{
			yaml: 'cutover: 1\nendpoints:\n  - {name: api, url: "http://a"}\n  - {name: API, url: "http://b"}\n',
			at: 'API',
			says: /API is set twice/,
		},
	],
	'settings-endpoint-slow': [
		{
			yaml: 'cutover: 1\nendpoints: [{name: api, url: "http://a", every: 2s, timeout: 30s}]\n',
			at: '30s',
			says: /may take 30s .* every 2s/,
		},
	],
	'settings-endpoint-few': [
		{
			yaml: 'cutover: 1\nendpoints: [{name: a, url: "http://a"}, {name: b, url: "http://b", critical: false}]\ntriggers: {"1": {of: 2}}\n',
			at: [3, 22],
			says: /wants 2 endpoints .* 1 critical/,
		},
	],
	'settings-remote': [
		{yaml: 'cutover: 1\nrollback: {repository: example/orders}\n', at: 'rollback', says: /rollback\.ref is not set/},
	],
};
