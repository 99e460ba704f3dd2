/* Verbs for when it goes wrong. */
import type {Verb} from '../args.ts';
import {acting, reason, relayed} from '../options.ts';

export const rollbacks: readonly Verb[] = [
	{
		name: 'trigger',
		about: 'answers, asks, lays aside or stands down a rollback trigger, or runs an outage clock by hand',
		detail: ['Exactly one of --yes, --no, --ask, --lay-aside, --down, --up, --seen and --stand-down says which.'],
		arguments: [{name: 'ID', about: 'the trigger, by its number in the runbook', completes: 'trigger'}],
		options: [
			{name: 'yes', value: null, about: 'the fact is so'},
			{name: 'no', value: null, about: 'the fact is not so'},
			{name: 'fact', value: 'N', about: 'which fact, from 1; all of them without it'},
			{
				name: 'ask',
				value: 'ROLE',
				about: 'asks these roles, which starts the time to answer',
				many: true,
				spread: true,
				completes: 'role',
			},
			{name: 'lay-aside', value: null, about: 'lays it aside at the end of the time to answer'},
			{name: 'down', value: null, about: 'an outage began'},
			{name: 'up', value: null, about: 'the outage ended'},
			{name: 'at', value: 'WHEN', about: 'when it began or ended'},
			{name: 'seen', value: 'STATE', about: 'answers for a blind endpoint', choices: ['up', 'down']},
			{name: 'endpoint', value: 'NAME', about: 'which endpoint was seen'},
			{name: 'stand-down', value: null, about: 'stands a fired trigger down; the second of two people completes it'},
			reason,
			...relayed,
			...acting,
		],
		load: () => import('../verbs/trigger.ts'),
	},
	{
		name: 'rollback',
		about: 'rolls back, cancels a rollback, names its run, records one done by hand, or says that the impact is over',
		detail: [
			'Exit 0 when rolled back, 1 when not; it goes on when its client is gone.',
			'With no endpoint bound it ends with the path and says that proof is awaited.',
		],
		arguments: [],
		options: [
			{name: 'path', value: 'PATH', about: 'preferred or fallback; with --by-hand any text'},
			reason,
			{name: 'cancel', value: null, about: 'ends the path that runs'},
			{name: 'run', value: 'N', about: 'this run is the one that was dispatched: follows it, and sends nothing'},
			{name: 'proved', value: null, about: 'says by name that the impact is over'},
			{name: 'note', value: 'TEXT', about: 'what was seen, with --proved'},
			{name: 'by-hand', value: null, about: 'records a rollback that people ran elsewhere'},
			{name: 'result', value: 'RESULT', about: 'its outcome, with --by-hand', choices: ['pass', 'fail']},
			{name: 'reference', value: 'TEXT', about: 'where it is recorded, with --by-hand'},
			{name: 'detach', value: null, about: 'return as soon as it is begun'},
			...acting,
		],
		load: () => import('../verbs/rollback.ts'),
	},
];
