/* A message of a cutover, and one try to send it. */
import {systemClock} from '../../source/cli/clock.ts';
import type {Answer, ChannelContext, Message} from '../../source/notifications/channel.ts';
import {channelOf} from '../../source/notifications/channels.ts';

export const message = (rest: Partial<Message> = {}): Message => ({
	id: 'ledger-2031/entry 31',
	on: 'hold',
	level: 'bad',
	title: 'CHG-4821 · Move the ledger',
	text: 'HOLD: G5 failed: blocker ACC-12 is open',
	lines: [],
	fields: [
		{name: 'Status', value: 'HOLD G5 failed'},
		{name: 'T0 planned', value: '22:00 +01:00'},
		{name: 'Next', value: 'bob (project-owner): answer G5'},
	],
	link: {text: 'Bridge', url: 'https://meet.example.org/x'},
	ends: [],
	calendar: null,
	story: ['Move the ledger: HOLD G5 failed', 'G5 fail: Acceptance'],
	at: systemClock.now(),
	cutover: 'ledger-2031',
	head: 'c'.repeat(64),
	rehearsal: false,
	...rest,
});

export const context = (rest: Partial<ChannelContext> = {}): ChannelContext => ({
	workspace: '/',
	env: {},
	ca: [],
	mails: {},
	clock: systemClock,
	now: systemClock.now,
	signal: new AbortController().signal,
	run: async () => 'there is no command here',
	...rest,
});

export async function sends(
	channel: string,
	values: Readonly<Record<string, string | readonly string[]>>,
	one: Message,
	rest: Partial<ChannelContext> = {},
): Promise<Answer> {
	const found = channelOf(channel);
	if (found === null) throw new Error(`There is no channel ${channel}.`);
	return found.send(one, values, context(rest));
}
