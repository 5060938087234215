/** Characters that XML cannot hold stand in a workbook's texts as `_x000D_`; an underscore of the text's own before such as `_x005F_`. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
