/*
What the clock of an outage does not decide: what nobody can see, what goes up and down again and again, and a rollback that
would begin by itself. Each says how people answer.
*/

import {listed} from '../../../cutover/decide/refusal.ts';
import type {TriggerSnapshot} from '../../../cutover/snapshot/trigger-snapshot.ts';
import {safe} from '../../../text/clean.ts';
import {minutes, wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import type {Mark} from '../../theme.ts';
import {paragraph} from '../flow.ts';
import {blank, bold, type Line, type Look, plain, shape, span} from '../line.ts';
import {isAutomatic} from './outage-about.ts';

/** A remark on as many rows as it takes; `end` beside the first one. */
const remark = ({size}: PanelProps, mark: Mark, text: string, look: Look = plain, end = ''): readonly Line[] =>
	paragraph(size.columns, text, {
		lead: [shape(mark), blank(1)],
		look,
		...(end === '' ? {free: 1} : {end: [span(safe(end))]}),
	});

export const blindLines = (props: PanelProps, {blind, blindTooLong}: TriggerSnapshot): readonly Line[] => {
	if (blind.length === 0) return [];
	const long = blindTooLong ? 'unseen for as long as an outage that would fire: ' : '';
	const text = `${long}look at ${listed(blind)} in another way, two people answer, up or down`;
	return remark(props, props.theme.unknown, text, plain, 't answer');
};

/** What people answer is there for it: this clock fires nothing then. */
export const flappingLines = (props: PanelProps, {flapping}: TriggerSnapshot): readonly Line[] => {
	if (flapping === null) return [];
	const {endpoint, outages, percent} = flapping;
	const others = props.snapshot.triggers.filter(({kind}) => kind === 'confirmation').map(({id}) => id);
	const answer =
		others.length === 0 ? 'people judge' : `answer ${others.length > 1 ? 'triggers' : 'trigger'} ${listed(others)}`;
	const text = `${endpoint} is flapping, ${outages} outages, ${percent} % failing: no outage is long enough, ${answer}`;
	return remark(props, props.theme.warning, text);
};

export const automaticLines = (
	props: PanelProps,
	{id, state, automaticAt, autoRollbackSkipped}: TriggerSnapshot,
): readonly Line[] => {
	if (autoRollbackSkipped !== null)
		return remark(props, props.theme.warning, `automatic rollback was not started: ${autoRollbackSkipped}`, bold);
	if (automaticAt === null) {
		const isArmed = isAutomatic(props, id) && state !== 'fired' && state !== 'disarmed';
		const text = 'when it fires, the rollback starts automatically a minute later, unless somebody objects';
		return isArmed ? remark(props, props.theme.warning, text) : [];
	}
	const left = minutes(Math.max(0, automaticAt - props.snapshot.now));
	const text = `rolls back automatically in ${left}, at ${wall(automaticAt)}; t: stand it down to stop that`;
	return remark(props, props.theme.warning, text, bold);
};
