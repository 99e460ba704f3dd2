/* Moments of the scenarios as the page shows them. */
import {type Board, boardOf} from '../../source/page/board.ts';
import {documentOf, sectionsOf} from '../../source/page/document.ts';
import {outsideReader} from '../../source/page/outside.ts';
import {at, calm, given} from '../given.ts';
import {type Scenario, scenarios} from '../scenarios/scenarios.ts';

export const here = {folder: '/the/folder', restricted: false, watcher: true};

export const boardAt = ({acts, now, observed = calm}: Pick<Scenario, 'acts' | 'now' | 'observed'>): Board =>
	boardOf(outsideReader()(given(acts, now).entries), at(now), observed, here);

export const moments: Readonly<Record<string, Scenario>> = scenarios;

export const documentAt = (scenario: Scenario): string => {
	const board = boardAt(scenario);
	return documentOf(board, sectionsOf(board), {stream: '/stream', reload: 30}).toString();
};
