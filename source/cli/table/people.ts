/* Verbs about who acts. */
import type {Verb} from '../args.ts';
import {acting, reason} from '../options.ts';

export const people: readonly Verb[] = [
	{
		name: 'role',
		about: 'hands a role over, or takes it over',
		detail: [
			'--to: by its holder. --take: by its deputy when the holder was silent for two minutes, or by two other owners, the second of whom completes it.',
		],
		arguments: [{name: 'ROLE', about: 'the role', completes: 'role'}],
		options: [
			{name: 'to', value: 'NAME', about: 'who holds it from now on'},
			{name: 'take', value: null, about: 'takes it over, which needs a --reason'},
			reason,
			...acting,
		],
		load: () => import('../verbs/role.ts'),
	},
	{
		name: 'confirm',
		about: 'says that what was relayed for you is what you said',
		detail: [],
		arguments: [{name: 'ENTRY', about: 'its number in the log'}],
		options: acting,
		load: () => import('../verbs/confirm.ts'),
	},
];
