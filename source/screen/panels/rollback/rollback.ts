/*
The rollback: one path at a time, and proof, which a path's good end is not.
*/
import {targetText} from '../../../cutover/model/attempt-target.ts';
import {proofOf} from '../../../cutover/model/runbook.ts';
import type {RollbackState} from '../../../cutover/model/state.ts';
import type {EndpointSnapshot} from '../../../cutover/snapshot/endpoints.ts';
import {minutes, wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {tailShown} from '../../state/subject.ts';
import type {Mark} from '../../theme.ts';
import {eventLines} from '../events.ts';
import {flowing, paragraph} from '../flow.ts';
import {endpointPieces} from '../health/endpoint-row.ts';
import {watchSpans} from '../health/watching.ts';
import {bold, inset, type Line, shape, span} from '../line.ts';
import {outputLines} from '../run/output.ts';
import {allOrPart} from '../scroll.ts';
import {header, heightOf, type Section, textSection} from '../section.ts';
import {pathSection, reported} from './rollback-paths.ts';

/*
Proof by health, which a path's good end is not: how long each critical endpoint has been up since then, and the word of a
person where people said what was wrong, or nothing is measured.
*/
const piece = (mark: Mark, text: string): Line => [shape(mark), span(` ${text}`)];

const settleMs = ({state}: PanelProps): number => proofOf(state.runbook).settleSeconds * 1000;

const pathPiece = ({theme}: PanelProps, {pathEnded, byHand}: RollbackState): Line => {
	const how = byHand === null ? 'path' : `${byHand.path} by hand`;
	const said = byHand === null ? '' : `, reference ${byHand.reference}, recorded by ${byHand.by.name}`;
	if (byHand?.result === 'fail') return piece(theme.no, `${how} failed ${wall(byHand.at)}${said}`);
	return pathEnded === null
		? piece(theme.missing, `${how} has not succeeded yet`)
		: piece(theme.yes, `${how} succeeded ${wall(pathEnded)}${said}`);
};

const criticalOf = ({snapshot}: PanelProps): readonly EndpointSnapshot[] =>
	snapshot.endpoints.filter(({critical}) => critical);

const otherVersion = ({version, versionBefore}: EndpointSnapshot): boolean =>
	versionBefore !== null && version !== versionBefore;

type Settling = NonNullable<NonNullable<PanelProps['snapshot']['rollback']>['settling']>[number];

/** Why its time does not count, or how far it is. */
const settlingOf = (props: PanelProps, {name, up, proved, why}: Settling): readonly [Mark, string] | null => {
	const {theme} = props;
	const whole = minutes(settleMs(props));
	const endpoint = criticalOf(props).find(each => each.name === name);
	if (endpoint === undefined) return null;
	if (proved) return [theme.yes, endpoint.state === 'up' ? `up for ${whole}` : 'up, as two people say'];
	if (endpoint.state !== 'up') return [theme.endpoint[endpoint.state], why ?? ''];
	return otherVersion(endpoint) ? [theme.warning, why ?? ''] : [theme.missing, `up for ${minutes(up)} of ${whole}`];
};

/** `· api web up for 00:45 of 02:00`: those of one state together. */
const settlingPieces = (props: PanelProps): readonly Line[] => {
	const groups = new Map<string, {readonly mark: Mark; readonly names: readonly string[]}>();
	for (const settling of props.snapshot.rollback?.settling ?? []) {
		const found = settlingOf(props, settling);
		if (found === null) continue;
		const [mark, text] = found;
		groups.set(text, {mark, names: [...(groups.get(text)?.names ?? []), settling.name]});
	}
	return [...groups].map(([text, {mark, names}]) => piece(mark, `${names.join(' ')} ${text}`));
};

/** Before the path has succeeded nothing is counted yet. */
const healthPieces = (props: PanelProps, {pathEnded}: RollbackState): readonly Line[] => {
	const names = criticalOf(props).map(({name}) => name);
	if (names.length === 0) return [piece(props.theme.unknown, 'health not measured: no endpoint is bound')];
	if (pathEnded !== null) return settlingPieces(props);
	return [piece(props.theme.missing, `${names.join(' ')} up for ${minutes(settleMs(props))}`)];
};

const personPieces = ({snapshot, theme}: PanelProps, {impactOver}: RollbackState): readonly Line[] => {
	if (impactOver !== null) {
		const {by, at, reason} = impactOver;
		return [piece(theme.yes, `impact over, says ${by.name} ${wall(at)}${reason === null ? '' : `: "${reason}"`}`)];
	}
	return snapshot.rollback?.asksPerson ? [piece(theme.missing, 'impact over, when somebody says so by name')] : [];
};

const versionText = ({name, version, versionBefore}: EndpointSnapshot): readonly string[] =>
	version === null || versionBefore === null ? [] : [`${name} ${version}, before T0 ${versionBefore}`];

/** What was kept of it before the rollback began (RULES R7). */
const keptPieces = ({state}: PanelProps, {begun}: RollbackState): readonly Line[] => {
	const kept = state.attachments.find(({name, at}) => name.startsWith('pre-rollback-snapshot-') && at >= begun.at);
	return kept === undefined ? [] : [[span(`pre-rollback snapshot kept ${wall(kept.at)}`)]];
};

const endpointLines = (props: PanelProps): readonly Line[] =>
	flowing(props.size.columns, [...endpointPieces(props), watchSpans(props, 0)]);

const proofLines = (props: PanelProps, rollback: RollbackState): readonly Line[] => {
	const versions = criticalOf(props)
		.flatMap(versionText)
		.map(text => [span(text)]);
	return [
		...flowing(props.size.columns, [
			pathPiece(props, rollback),
			...healthPieces(props, rollback),
			...personPieces(props, rollback),
		]),
		...(props.snapshot.endpoints.length === 0 ? [] : endpointLines(props)),
		...flowing(props.size.columns, [...versions, ...keptPieces(props, rollback)]),
	];
};

const outcome = ({size: {columns}, theme}: PanelProps, {proved, failed}: RollbackState): readonly Line[] => {
	if (proved !== null) return reported(columns, theme.yes, 'PROVED', `by ${proved.by.name}`, wall(proved.at));
	return failed === null ? [] : reported(columns, theme.no, 'FAILED', failed.reason, wall(failed.at));
};

const proof = (props: PanelProps): Section => {
	const {state, size} = props;
	const {rollback} = state;
	const lines =
		rollback === null
			? [inset(size.columns, [span('nothing was begun', bold)])]
			: [...proofLines(props, rollback), ...outcome(props, rollback)];
	return textSection('PROOF', 'counted from the end of the path', lines, lines.length);
};

const causes = ({state, size, snapshot}: PanelProps): readonly Line[] =>
	snapshot.triggers
		.filter(({id}) => state.rollback?.triggers.includes(id))
		.map(({id, firedAt, text}) =>
			inset(size.columns, [span(`trigger ${id} ${firedAt === null ? '' : `fired ${wall(firedAt)}   `}${text}`)]),
		);

/** Output of the path that runs, and what happened, in the rows that are left. */
const rest = (props: PanelProps, rows: number): readonly Line[] => {
	const {theme, size} = props;
	if (rows < 1) return [];
	const tail = tailShown(props);
	if (rows < 3 || tail === null) return eventLines(props, Math.min(rows, 3));
	const about = `${targetText(tail.target)} attempt ${tail.attempt}`;
	return [header(theme, size.columns, 'OUTPUT', about), ...outputLines(props, rows - 1)];
};

/** What people do of it, as the runbook says. */
const byHand = ({state, size}: PanelProps): readonly Section[] => {
	const steps = state.runbook?.rollbackSteps ?? [];
	const lines = steps.flatMap((step, index) => paragraph(size.columns, `${index + 1}  ${step}`));
	return steps.length === 0 ? [] : [textSection('BY HAND', '', lines, lines.length)];
};

/** Where people do all of it there is none to show. */
const paths = (props: PanelProps): readonly Section[] => {
	const {rollback, rollbackSteps = []} = props.state.runbook ?? {};
	const isByHand = rollbackSteps.length > 0 && !rollback?.preferred && !rollback?.fallback;
	return isByHand ? [] : [pathSection(props, 'preferred'), pathSection(props, 'fallback')];
};

export const rollbackLines = (props: PanelProps): readonly Line[] => {
	const {size} = props;
	const sections = [...paths(props), ...byHand(props), proof(props)];
	const why = causes(props);
	const head = heightOf(sections) + why.length <= size.rows ? why : [];
	const room = {...props, size: {...size, rows: size.rows - head.length}};
	const lines = [...head, ...allOrPart(sections, room, 'arrows show the rest')];
	return [...lines, ...rest(props, size.rows - lines.length)];
};
