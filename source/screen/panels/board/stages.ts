/*
The timeline, a stage a row. From the real T0 on the stages before it are folded away, which their number says, unless
one moves among them.
*/

import type {StageSnapshot} from '../../../cutover/snapshot/stage-snapshot.ts';
import {type SafeText, safe} from '../../../text/clean.ts';
import {wallShortOn} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {chosenIn} from '../../state/rows.ts';
import {sizeClass} from '../../state/view.ts';
import {lazyRow, type Section} from '../section.ts';
import {detailLines} from './stage-details.ts';
import {isStarted, stageLine} from './stage-row.ts';
import {timeline} from './timeline.ts';

/** On a wide screen a list this long is shown whole. */
const shortList = 12;

/** Once T0 has started those from it on, unless the mark stands on an earlier one. */
const shown = (props: PanelProps, chosen: string | null): readonly StageSnapshot[] => {
	const {stages} = props.snapshot;
	const act = stages.findIndex(({kind}) => kind === 'act');
	const marked = stages.findIndex(({id}) => id === chosen);
	const roomy = sizeClass(props.view.size) === 'wide' && stages.length <= shortList;
	const all = roomy || !isStarted(props) || act < 0 || (marked >= 0 && marked < act);
	return all ? stages : stages.filter((stage, at) => at >= act || stage.state === 'running' || stage.state === 'open');
};

/** `ends ~23:10, 12 min late`: where the runbook says how long its stages take. */
const forecastText = ({snapshot: {forecast, now}}: PanelProps): string => {
	if (forecast === null) return '';
	const late = Math.round(forecast.lateSeconds / 60);
	return `ends ~${wallShortOn(forecast.end, now)}${late === 0 ? '' : `, ${late} min late`}`;
};

const foldedText = (count: number): SafeText => safe(count === 0 ? '' : `${count} earlier hidden`);

export const stagesSection = (props: PanelProps): Section => {
	const chosen = chosenIn('stages', props);
	const stages = shown(props, chosen);
	const folded = foldedText(props.snapshot.stages.length - stages.length);
	const note = safe([forecastText(props), folded].filter(text => text !== '').join(', '));
	return {
		title: safe('TIMELINE'),
		about: timeline(props, props.size.columns - 17 - (note === '' ? 0 : note.length + 4)),
		note,
		rows: stages.map(stage => {
			const details = detailLines(props, stage);
			return lazyRow([stage.id], 1 + details.length, () => [stageLine(props, stage, stage.id === chosen), ...details]);
		}),
		chosen,
		least: 2,
	};
};
