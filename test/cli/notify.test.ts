/** `notify --test`: what each channel of the settings answers, before the night. */
import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {services, settingsOf, standIn} from '../notifications/stand-ins.ts';
import {desk} from './desk.ts';

const settings = `cutover: 1
notify:
  - { to: slack, url: NIGHT_SLACK, on: all }
  - { to: teams, url: NIGHT_TEAMS, on: [t0] }
  - { to: discord, url: NIGHT_DISCORD, on: [t0] }
  - { on: [hold], command: "ops/preflight.sh" }
`;

test('each channel gets one message, and says what it answered', async t => {
	const slack = await standIn(t, services.slack);
	const gone = await standIn(t, ({path}) => ({status: 404, text: `no such hook ${path}`}));
	const {answers, folder} = desk(t, {
		NIGHT_SLACK: settingsOf('slack', slack.url)['url'] ?? '',
		NIGHT_TEAMS: settingsOf('teams', gone.url)['url'] ?? '',
	});
	writeFileSync(join(folder, 'runbook.cutover.yaml'), settings);
	const {code, stdout} = await answers('notify', 'runbook.md', '--test');
	assert.equal(code, 1);
	assert.deepEqual(stdout.trimEnd().split('\n'), [
		'accepted    slack NIGHT_SLACK: HTTP 200: ok',
		'FAILED      teams NIGHT_TEAMS: HTTP 404: no such hook [redacted]',
		'FAILED      discord NIGHT_DISCORD: NIGHT_DISCORD is not set',
		'not tested  command ops/preflight.sh: a command runs only in a cutover, as it was approved',
	]);
	assert.equal(slack.seen.length, 1);
	assert.match(slack.seen[0]?.text ?? '', /TEST by .*: this channel works\. Nothing happened\./);
	const one = await answers('notify', 'runbook.md', '--test', '--to', 'slack', '--json');
	assert.equal(one.code, 0);
	assert.deepEqual(JSON.parse(one.stdout).targets, [
		{channel: 'slack', to: 'slack NIGHT_SLACK', answer: {arrived: true, said: 'HTTP 200: ok'}},
	]);
});

test('notify without --test, and a channel that the settings do not name, are usage errors', async t => {
	const {answers, folder} = desk(t);
	writeFileSync(join(folder, 'runbook.cutover.yaml'), settings);
	for (const [argv, says] of [
		[['notify', 'runbook.md'], /Give --test/],
		[['notify', 'runbook.md', '--test', '--to', 'ntfy'], /The settings name no ntfy/],
		[['notify', 'runbook.md', '--test', '--to', 'pigeon'], /There is no channel "pigeon"/],
		[['notify', '--test', 'slack'], /There is no cutover yet/],
	] as const) {
		const {code, stderr} = await answers(...argv);
		assert.equal(code, 2, argv.join(' '));
		assert.match(stderr, says);
	}
});

test('check and doctor name the variable of a channel that is not set, and no address', async t => {
	const {answers, folder} = desk(t, {
		NIGHT_SLACK: 'https://hooks.slack.test/services/T01234567/B01234567/abcdefghijklmnopqrstuvwx',
		NIGHT_TEAMS: 'flow.example',
	});
	writeFileSync(join(folder, 'runbook.cutover.yaml'), settings);
	const check = await answers('check', 'runbook.md');
	assert.match(
		check.stdout,
		/runbook\.cutover\.yaml:5:\d+ {2}warning {2}settings-unset {2}NIGHT_DISCORD is not set here/,
	);
	assert.doesNotMatch(check.stdout, /settings-unset {2}NIGHT_SLACK/);
	const doctor = await answers('doctor', 'runbook.md');
	assert.match(doctor.stdout, /OK {7}notify: slack NIGHT_SLACK is asked at hooks\.slack\.test directly/);
	assert.match(doctor.stdout, /MISSING {2}notify: NIGHT_TEAMS does not hold an http address/);
	assert.match(doctor.stdout, /MISSING {2}notify: discord NIGHT_DISCORD needs NIGHT_DISCORD, not set here/);
	assert.doesNotMatch(`${check.stdout}${doctor.stdout}`, /abcdefghijklmnopqrstuvwx/);
});
