import type { z } from 'zod'
import type { Input, LaneRequest } from '../model.ts'
import type { Scope } from '../plan/compile-template.ts'
import type { Fault } from '../plan/fault.ts'
import type { FoundIdentifiers } from '../plan/identifiers.ts'
import type { ParseContext } from '../plan/parse-template.ts'
import type { YamlNode } from '../plan/read-yaml.ts'
import type { KeepsIdentifier } from '../plan/sieve.ts'
import type { Template } from '../plan/template.ts'

/** How a plan asks for a lane: under the lane's name. */
export interface LanePlan<Request extends LaneRequest = LaneRequest, Part extends LanePart = LanePart> {
  /** The keys that stand there; templates are `unknown`, as they are parsed where they stand. */
  readonly keys: z.ZodObject
  /**
   * Parses what stands there. `settings`: what the keys gave, undefined where the plan has problems already. Adds to the
   * context's problems what is wrong; undefined where there is nothing to go on with.
   */
  parse(
    node: YamlNode,
    context: ParseContext,
    settings: Readonly<Record<string, unknown>> | undefined,
  ): Part | undefined
  /** Why a row may ask for nothing, as in `it names no partner program`; absent where each row asks for something. */
  readonly asksNothing?: string
  /** Binds the part's templates to a file's columns. */
  compile(part: Part, binding: Binding): RenderLane<Request>
}

/** What a plan says of a lane. */
export interface LanePart {
  /** Rows a request. */
  readonly batch: number
  /** All templates in it, in the order in which they are written. */
  readonly templates: readonly Template[]
}

/** What a lane's templates are bound to, and where it leaves what is wrong with a row. */
export interface Binding {
  readonly scope: Scope
  /** Whether an identifier of the member goes into a request. To be asked of each, before it is found. */
  readonly keeps: KeepsIdentifier
  readonly faults: Fault[]
}

/** Gives a row's request, undefined where the row asks for none; adds the identifiers that it found. */
export type RenderLane<Request extends LaneRequest = LaneRequest> = (
  input: Input,
  found: FoundIdentifiers,
) => Request | undefined
