/* `trigger ID`: one flag says which of its acts is meant. */
import {stamp} from '../../text/time.ts';
import {type Acting, type Order, one} from '../act.ts';
import {when} from '../args.ts';
import {role, trigger} from '../names.ts';
import {UsageError} from '../usage-error.ts';

type Asked = Acting & {readonly id: string};

const reasonOf = ({call}: Acting): string => call.text('reason') ?? '';

function timeOf({call, opened}: Acting): string | null {
	const text = call.text('at');
	return text === null ? null : stamp(when(text, opened.clock.now()));
}

function factOf({call, runbook, id}: Asked): number | null {
	const text = call.text('fact');
	if (text === null) return null;
	const found = runbook.triggers.find(each => each.id === id);
	const facts = found?.kind === 'confirmation' ? found.facts : [];
	const fact = Number(text);
	if (Number.isInteger(fact) && fact >= 1 && fact <= facts.length) return fact;
	const list = facts.map((each, index) => `${index + 1} ${each}`).join(', ');
	throw new UsageError(
		facts.length === 0
			? `Trigger ${id} has no facts to answer.`
			: `Trigger ${id} has no fact ${text}. There are: ${list}.`,
	);
}

const answer = (asked: Asked, yes: boolean): Order => ({
	type: 'answerTrigger',
	data: {trigger: asked.id, fact: factOf(asked), yes, reason: asked.call.text('reason')},
});

const outage = (asked: Asked, down: boolean): Order => ({
	type: 'outage',
	data: {trigger: asked.id, down, at: timeOf(asked), reason: asked.call.text('reason')},
});

const acts: Readonly<Record<string, (asked: Asked) => Order>> = {
	yes: asked => answer(asked, true),
	no: asked => answer(asked, false),
	ask: asked => ({
		type: 'askTrigger',
		data: {trigger: asked.id, roles: asked.call.list('ask').map(name => role(asked, name))},
	}),
	'lay-aside': asked => ({type: 'dismissTrigger', data: {trigger: asked.id, reason: reasonOf(asked)}}),
	down: asked => outage(asked, true),
	up: asked => outage(asked, false),
	observed: asked => ({
		type: 'endpointAttested',
		data: {
			trigger: asked.id,
			endpoint: asked.call.text('endpoint') ?? '',
			up: asked.call.text('seen') === 'up',
			reason: reasonOf(asked),
		},
	}),
	'stand-down': asked => ({type: 'standDown', data: {trigger: asked.id, reason: reasonOf(asked)}}),
};

const given = ({call}: Acting, name: string): boolean =>
	call.flag(name) || call.text(name) !== null || call.list(name).length > 0;

export const run = one(acting => {
	const id = trigger(acting, acting.call.must(0));
	const [first, ...others] = Object.entries(acts).filter(([name]) => given(acting, name));
	const flags = Object.keys(acts).map(name => `--${name}`);
	if (first === undefined || others.length > 0) throw new UsageError(`Say exactly one of ${flags.join(', ')}.`);
	return first[1]({...acting, id});
});
