/*
The panel of each screen that an open cutover has; a new screen is a line here.
*/
import type {ReactNode} from 'react';
import type {PanelProps} from '../panel.ts';
import type {ScreenName} from '../state/view.ts';
import {Board} from './board/board.tsx';
import {DocumentPanel} from './document.tsx';
import {Evidence} from './evidence.tsx';
import {Health} from './health/health.tsx';
import {Help} from './help.tsx';
import {Journal} from './journal.tsx';
import {Briefing} from './opening/briefing.tsx';
import {Poll} from './poll/poll.tsx';
import {Rollback} from './rollback/rollback.tsx';
import {Run} from './run/run.tsx';
import {SignOffs} from './sign-offs.tsx';

export const panels = {
	briefing: Briefing,
	board: Board,
	run: Run,
	poll: Poll,
	rollback: Rollback,
	health: Health,
	signOffs: SignOffs,
	evidence: Evidence,
	journal: Journal,
	document: DocumentPanel,
	help: Help,
} satisfies {[S in Exclude<ScreenName, 'opening'>]: (props: PanelProps) => ReactNode};
