// What the browser's scripts share: what Streamlit gives a component, what pictures and levers tell each other on a page,
// and what is reached through React's own tree. For the type checker alone: nothing of it is sent.
import type { Engine } from "./engine.js"
import type { Sides } from "./gap.js"
import type { QUESTIONS } from "./worker.js"

/** What Streamlit calls a component with; `Data` is what the page sent. */
export interface Component<Data = Uint8Array> {
  parentElement: HTMLElement
  data: Data
  setStateValue(name: string, value: unknown): void
  setTriggerValue(name: string, value: unknown): void
}

type Questions = typeof QUESTIONS
type Asks<Question> = Question extends (engine: never, ...asks: infer Rest) => unknown ? Rest : never

/** A question of the engine's thread by its name, with what it is asked of. */
export type Ask = <Name extends keyof Questions>(
  question: Name,
  ...asks: Asks<Questions[Name]>
) => Promise<ReturnType<Questions[Name]>>

/** The month that pictures are to show, as the month slider tells it. */
export interface Month {
  /** into the ends of months */
  index: number
  /** YYYY-MM-DD */
  day: string
  hindsight: boolean
}

/** Where the nitrocellulose lever stands, and the position that the page was last drawn for. */
export interface Supply {
  percent: number
  shown?: number
  /** what the server said of the position last let go */
  exact?: Exact | null
}

/** Words of one position, to the digit. */
export interface Exact {
  percent: number
  words: Record<string, string>
}

/** A position that another picture's handle asks of the lever. */
export interface Asked {
  percent: number
  done?: boolean
}

/** Titles by position, and whether a page's pictures follow its lever. */
export interface Followed {
  titles: string[] | null
  isFollowed: boolean
}

/** Where levers stand, by name. */
export type Positions = Record<string, number>

/** The lever of a screen of a briefing; `words` are what its positions are called, where they have names. */
export interface ScreenLever {
  label: string
  low: number
  high: number
  step: number
  value: number
  unit: string
  words: string[]
}

/** A row of a chart's table, as its spec has it. */
export type Row = Record<string, string | number | boolean | null>

/** Vega's changes of a table, which give numbers of rows that stay another value. */
export interface Changes {
  modify(row: Row, column: string, value: unknown): Changes
}

/** What of a chart's Vega view is used. */
export interface VegaView {
  data(name: string): Row[]
  data(name: string, rows: Row[]): VegaView
  change(name: string, changes: Changes): VegaView
  runAsync(): Promise<unknown>
  signal: unknown
}

/** Where deck.gl looks, and how places become pixels. */
export interface Viewport {
  zoom: number
  longitude: number
  latitude: number
  width: number
  height: number
  project(place: [longitude: number, latitude: number]): [x: number, y: number]
  unproject(pixel: [x: number, y: number]): [longitude: number, latitude: number]
}

/** What of deck.gl is used. */
export interface Deck {
  canvas?: Element | null
  getViewports(): Viewport[]
  props: { viewState: Record<string, unknown>; onViewStateChange(change: Record<string, unknown>): void }
}

/** A hook of a React component; what it holds is not ours to know. */
export interface Hook {
  memoizedState: any
  next: Hook | null
}

/** A component in React's tree. */
export interface Fiber {
  memoizedState: Hook | null
  return: Fiber | null
}

declare global {
  /** The text of the engine's thread: it stands before the script on a page. */
  const THREAD: string
  // The oldest compiler in use does not know these yet.
  class DecompressionStream {
    constructor(format: string)
    readable: ReadableStream
    writable: WritableStream
  }
  interface Window {
    ramp155Month?: Month
    ramp155Supply?: Supply
    ramp155Levers?: Positions
    ramp155Engine?: Engine | null
    ramp155Followed?: Followed
    ramp155Sides?: Sides | null
    ramp155Steps?: boolean
    ramp155ClosesLists?: boolean
    ramp155Menu?: boolean
  }
  interface HTMLDialogElement {
    oncancel: ((event: Event) => void) | null
  }
  interface DocumentEventMap {
    "ramp155:month": CustomEvent<Month>
    "ramp155:supply": CustomEvent<Supply>
    "ramp155:supply-asked": CustomEvent<Asked>
    "ramp155:supply-followed": CustomEvent<Followed>
    "ramp155:levers": CustomEvent<Positions>
    "ramp155:levers-asked": CustomEvent<null>
    "ramp155:let-go": CustomEvent<Positions>
  }
}
