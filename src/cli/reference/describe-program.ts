import type { Argument, Command, Option } from 'commander'
import { examplesOf } from './examples.ts'

/** A command as its help knows it. */
export interface CommandReference {
  /** As it is typed: `rollcall sync run <file>`. */
  readonly usage: string
  readonly about: string
  readonly arguments: readonly Term[]
  readonly options: readonly Term[]
  readonly examples: readonly string[]
}

export interface Term {
  readonly term: string
  /** What it is, its choices and its default included. */
  readonly about: string
}

/** All that can be typed, in the order of the help: a command that only holds others is left out for these. */
export function describeProgram(program: Command): readonly CommandReference[] {
  return program.commands
    .filter((command) => isShown(program, command))
    .flatMap((command) => describe(command, program.name()))
}

function describe(command: Command, before: string): readonly CommandReference[] {
  const name = `${before} ${command.name()}`
  const nested = command.commands.filter((child) => isShown(command, child))
  if (nested.length > 0) return nested.flatMap((child) => describe(child, name))
  const terms = command.registeredArguments.map(argumentTerm)
  const options = command.options.filter(({ hidden }) => !hidden).map(optionTerm)
  return [
    {
      usage: [name, ...terms.map(({ term }) => term), ...(options.length > 0 ? ['[options]'] : [])].join(' '),
      about: command.description(),
      arguments: terms.filter(({ about }) => about !== ''),
      options,
      examples: examplesOf(name.slice(name.indexOf(' ') + 1)),
    },
  ]
}

function isShown(parent: Command, command: Command): boolean {
  return parent.createHelp().visibleCommands(parent).includes(command) && command.name() !== 'help'
}

function argumentTerm(argument: Argument): Term {
  const name = argument.name() + (argument.variadic ? '…' : '')
  return { term: argument.required ? `<${name}>` : `[${name}]`, about: aboutOf(argument.description, argument) }
}

function optionTerm(option: Option): Term {
  const about = aboutOf(option.description, option)
  return { term: option.flags, about: option.mandatory ? `${about} (must be given)` : about }
}

function aboutOf(
  description: string,
  {
    argChoices,
    defaultValue,
  }: { readonly argChoices?: readonly string[] | undefined; readonly defaultValue?: unknown },
): string {
  const choices = argChoices === undefined ? [] : [`one of ${argChoices.join(', ')}`]
  const unless =
    typeof defaultValue === 'string' || typeof defaultValue === 'number' ? [`${defaultValue} unless told`] : []
  const further = [...choices, ...unless].join('; ')
  return further === '' ? description : `${description} (${further})`
}
