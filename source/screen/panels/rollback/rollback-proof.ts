/*
Proof by health, which a path's good end is not: how long each critical endpoint has been up since then, and the word of a
person where people said what was wrong, or nothing is measured.
*/

import {proofOf} from '../../../cutover/model/runbook.ts';
import type {RollbackState} from '../../../cutover/model/state.ts';
import type {EndpointSnapshot} from '../../../cutover/snapshot/endpoints.ts';
import {safe} from '../../../text/clean.ts';
import {minutes, wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import type {Mark} from '../../theme.ts';
import {flowing} from '../flow.ts';
import {endpointPieces} from '../health/endpoint-row.ts';
import {ageText, unwatchedSince} from '../health/watching.ts';
import {bold, type Line, shape, span} from '../line.ts';

const piece = (mark: Mark, text: string): Line => [shape(mark), span(safe(` ${text}`))];

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
	return kept === undefined ? [] : [[span(safe(`pre-rollback snapshot kept ${wall(kept.at)}`))]];
};

const endpointLines = (props: PanelProps): readonly Line[] => {
	const {snapshot, state, size} = props;
	const since = unwatchedSince(state, snapshot);
	const age = snapshot.lastSampleAt === null ? '' : `last sample ${ageText(snapshot.now - snapshot.lastSampleAt)} ago`;
	const asked = since === null ? span(safe(age)) : span(safe(`NO WATCHER since ${wall(since)}`), bold);
	return flowing(size.columns, [...endpointPieces(props), [asked]]);
};

export const proofLines = (props: PanelProps, rollback: RollbackState): readonly Line[] => {
	const versions = criticalOf(props)
		.flatMap(versionText)
		.map(text => [span(safe(text))]);
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
