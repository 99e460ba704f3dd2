/* The adopt page while it is open, from the first frame to the key that leaves it. */

import {useMemo, useReducer} from 'react';
import {safe} from '../../text/clean.ts';
import {sizeOf} from '../hooks.ts';
import {type PageEvent, type PageOptions, type PageProps, runPage, usePage} from '../page.tsx';
import {Paint} from '../panels/paint.tsx';
import type {Left} from '../screen-options.ts';
import {adoptLines} from './adopt-lines.ts';
import {type AdoptModel, openAdopt, pressAdopt} from './adopt-model.ts';
import type {Adoption} from './adoption.ts';

const reduce = (model: AdoptModel, action: PageEvent): AdoptModel =>
	action.kind === 'sized' ? {...model, size: action.size} : pressAdopt(model, action.press);

/** How it was left, and whether the map was written. */
export type AdoptEnd = {readonly left: Left; readonly isWritten: boolean};

type Props = PageProps<AdoptEnd> & {readonly adoption: Adoption};

const Page = ({adoption, input, terminal, theme, clock, leave}: Props) => {
	const [model, dispatch] = useReducer(reduce, null, () => openAdopt(adoption, sizeOf(terminal)));
	const {left, mode} = model;
	const end = useMemo<AdoptEnd | null>(
		() => (left ? {left: 'left', isWritten: mode === 'written'} : null),
		[left, mode],
	);
	usePage({input, terminal, clock, leave}, dispatch, end);
	return <Paint lines={adoptLines(model, theme)} size={model.size} theme={theme} />;
};

/** Takes the terminal, and gives it back whatever ends the page. */
export const runAdopt = (adoption: Adoption, options: PageOptions): Promise<AdoptEnd> =>
	runPage(
		safe('cutover-tui adopt'),
		options,
		props => <Page {...props} adoption={adoption} />,
		left => ({left, isWritten: false}),
	);
