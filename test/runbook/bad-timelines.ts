/*
Bad timelines: one for each complaint, made of the sample, and where in it the problem points.
*/
import type {Code} from '../../source/runbook/problems/complaints.ts';
import {changed, sample} from './sample.ts';

/** A bad text, and what in it the problem points at: a text of it, or line and column. */
export type Case = {
	readonly text: string | Uint8Array;
	readonly at: string | readonly [number, number];
	readonly says: RegExp;
};

export const without = (from: string, to: string): string =>
	sample.slice(0, sample.indexOf(from)) + sample.slice(sample.indexOf(to));

export const row = (start: string): string => sample.split('\n').find(line => line.startsWith(start)) ?? '';

export const timelineCases = {
	'timeline-missing': {text: without('## Timeline', '## Rollback trigger'), at: [1, 1], says: /No timeline/},
	'timeline-empty': {
		text: changed(sample.slice(sample.indexOf('| Time'), sample.indexOf('## Rollback trigger')), 'See the wiki.\n\n'),
		at: '## Timeline',
		says: /"Timeline"/,
	},
	'timeline-fenced': {
		text: '# Move\n\n## Timeline\n\n```\nT-10 go/no-go\nT0 switch\nT+10 keep\n```\n',
		at: [5, 1],
		says: /block of code are text/,
	},
	'timeline-untimed': {
		text: '# Move\n\n## Upgrade\n\n### Stop\n\nx\n\n### Swap\n\nx\n\n### Start\n\nx\n',
		at: [5, 1],
		says: /3 steps have no times, such as "Stop" \(line 5\)/,
	},
	'timeline-clocks': {
		text: '# Move\n\n| Time | Task |\n|---|---|\n| 21:00 | Stop |\n| 22:00 | Swap |\n| 23:00 | Start |\n',
		at: [3, 1],
		says: /no row is marked T0/,
	},
	'timeline-clock': {
		text: changed('| T-10 |', '| T-10 (21:45) |', changed('| T0 |', '| T0 (22:00) |')),
		at: 'T-10 (21',
		says: /T-10 is written beside 21:45, but with T0 at 22:00 it is at 21:50/,
	},
	'timeline-t0': {
		text: `---\ncutover: 1\nt0: 2031-03-08T21:30:00+01:00\n---\n${changed('| T0 |', '| T0 (22:00) |')}`,
		at: 'T0 (22',
		says: /T0 at 22:00, the settings or a line of the runbook at 21:30/,
	},
	'timeline-before': {
		text: '# Move\n\n- T0: ops: switch\n- T+10: ops: look\n- T+20: ops: keep\n',
		at: [3, 3],
		says: /No row is before T0/,
	},
	'timeline-zero': {text: changed('| T0 |', '| T+1 |'), at: '| Time |', says: /no moment zero/},
	'timeline-order': {text: changed('| T-10 |', '| T-45 |'), at: 'T-45', says: /T-45 is after T-30/},
	'timeline-other': {
		text: `${sample}\n## Staffing\n\n| Time | Owner |\n|---|---|\n| T-60 | operator |\n| T0 | operator |\n`,
		at: '| Time | Owner |\n',
		says: /line 19/,
	},
	'timeline-beside': {
		text: '# Move\n\n## T-30 Go/no-go\n- a\n## T0 Switch\n- b\n## 15 minutes later\n- c\n## T+60 Close\n- d\n',
		at: '## 15 minutes later',
		says: /"15 minutes later" is among the stages/,
	},
	'timeline-closing': {
		text: changed(row('| T+10'), '').replace('\n\n| T+30', '\n| T+30').replace(row('| T+30'), ''),
		at: 'T0 |',
		says: /No row is after T0/,
	},
	'offset-unread': {text: changed('| T-30 |', '| 21:30 |'), at: '21:30', says: /"21:30"/},
	'offset-empty': {text: changed('| T-30 |', '| |'), at: [22, 2], says: /no time/},
	'offset-far': {text: changed('| T+30 |', '| T+121d |'), at: 'T+121d', says: /120 days/},
	'timeline-action': {
		text: changed('| Required actions |', '| Acción |'),
		at: 'Time |',
		says: /say what is done.*"Acción"/,
	},
	'stage-empty': {text: changed('Switch the router to cluster B.', ''), at: 'T0 | `', says: /T0 has no action/},
	'stage-gate': {text: changed('verify G1-G5 PASS', 'verify G1-G5 and G9'), at: 'T-10 | `', says: /G9/},
	'duration-unread': {
		text: changed(
			sample.slice(sample.indexOf('| Time |'), sample.indexOf('## Rollback trigger')),
			'| Time | Owner | Action | Duration |\n|---|---|---|---|\n| T-5 | operator | Decide | soon |\n| T0 | operator | Go | 5m |\n| T+5 | operator | Keep | |\n\n',
		),
		at: 'soon',
		says: /"soon"/,
	},
} satisfies Partial<Record<Code, Case>>;
