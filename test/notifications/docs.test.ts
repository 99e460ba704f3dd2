/** The examples of docs/notifications.md are settings that are read as they are. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {channels} from '../../source/notifications/channels.ts';
import {runbookOf, sample} from '../runbook/sample.ts';

const page = readFileSync(new URL('../../docs/notifications.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/`(\{ .*? \})`/g)].map(match => match[1] ?? '');

test('the page has an example of each channel, and each is read as it stands', () => {
	const {notify = []} = runbookOf(sample, {
		settings: `cutover: 1\npeople: {bob: {mail: b@b.example}, vera: {mail: v@v.example}}\nnotify:\n${examples.map(line => `  - ${line}\n`).join('')}`,
	});
	assert.deepEqual(new Set(notify.map(({to}) => to)), new Set(Object.keys(channels)));
	const pager = notify.find(({to}) => to === 'pagerduty');
	assert.deepEqual(pager?.on, ['fired', 't0', 'kept', 'rolled-back']);
});

test('on takes all moments by one word, and every a minute or more', () => {
	const [all] =
		runbookOf(sample, {settings: 'cutover: 1\nnotify: [{to: slack, url: S, on: all, every: 30m}]\n'}).notify ?? [];
	assert.ok(all && all.on.length > 10);
	assert.equal(all.everySeconds, 1800);
});
