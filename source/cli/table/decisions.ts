/* Verbs that decide when, and whether at all. */
import type {Verb} from '../args.ts';
import {acting, early, reason, relayed} from '../options.ts';

export const decisions: readonly Verb[] = [
	{
		name: 'decide',
		about: 'votes at the go/no-go or the closing stage',
		detail: ['The vote is itself the typed word. `no-go` needs a --reason, and is a hold at once.'],
		arguments: [{name: 'VOTE', about: 'go, no-go or keep', choices: ['go', 'no-go', 'keep']}],
		options: [early, reason, ...relayed, ...acting],
		load: () => import('../verbs/decide.ts'),
	},
	{
		name: 'freeze',
		about: 'records who froze what',
		detail: [],
		arguments: [{name: 'TEXT', about: 'what is frozen'}],
		options: acting,
		load: () => import('../verbs/freeze.ts'),
	},
	{
		name: 'extend',
		about: 'gives the closing stage a later time',
		detail: [],
		arguments: [{name: 'WHEN', about: 'until when'}],
		options: [reason, ...acting],
		load: () => import('../verbs/extend.ts'),
	},
	{
		name: 'hold',
		about: 'stops the T clock before T0',
		detail: [],
		arguments: [],
		options: [reason, ...acting],
		load: () => import('../verbs/hold.ts'),
	},
	{
		name: 't0',
		about: 'sets T0, or confirms it, which ends a hold',
		detail: [],
		arguments: [{name: 'WHEN', about: 'the planned T0; the same one may be confirmed while it lies ahead'}],
		options: [reason, ...acting],
		load: () => import('../verbs/t0.ts'),
	},
	{
		name: 'abandon',
		about: 'gives the cutover up before T0',
		detail: [],
		arguments: [],
		options: [reason, ...acting],
		load: () => import('../verbs/abandon.ts'),
	},
];
