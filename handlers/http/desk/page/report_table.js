// A table that is sorted by whatever column one presses, and kept as a file for a spreadsheet.

import { html, signal } from "./html.js";
import { t } from "./texts.js";

const sorted = signal({}); // by table: which column, and whether the largest stands first

function turn(name, column) {
  const now = sorted.value[name];
  const down = now?.column === column.key ? !now.down : !column.words;
  sorted.value = { ...sorted.value, [name]: { column: column.key, down } };
}

// `columns`: {key, title, words: it holds text, show: how a value is written}
export function Table({ name, title, columns, rows, onKeep, none }) {
  const order = sorted.value[name];
  const compare = (one, other) => {
    const [a, b] = [one[order.column], other[order.column]];
    if (a === null || b === null) return (a === null) - (b === null); // what is not known stands last, either way
    return (typeof a === "string" ? a.localeCompare(b) : a - b) * (order.down ? -1 : 1);
  };
  const shown = order ? [...rows].sort(compare) : rows;
  const direction = (key) => (order?.column === key ? (order.down ? "descending" : "ascending") : "none");
  return html`<section class="figures" aria-labelledby=${`table-${name}`}>
    <header><h3 id=${`table-${name}`}>${title}</h3>${rows.length > 0 && html`<button class="button small" type="button" data-testid=${`csv-${name}`} aria-label=${`CSV: ${title}`} onClick=${onKeep}>CSV</button>`}</header>
    ${!rows.length
      ? html`<p class="quiet">${none ?? t("report_none")}</p>`
      : html`<div class="wide-table" tabindex="0" role="region" aria-label=${title}><table data-testid=${`table-${name}`}>
          <thead><tr>${columns.map(
            (column) => html`<th key=${column.key} scope="col" class=${column.words ? "" : "number"} aria-sort=${direction(column.key)}>
              <button type="button" onClick=${() => turn(name, column)}>${column.title}<span aria-hidden="true">${{ ascending: " ▲", descending: " ▼", none: "" }[direction(column.key)]}</span></button>
            </th>`,
          )}</tr></thead>
          <tbody>${shown.map((row, at) => html`<tr key=${at}>${columns.map((column) => html`<td key=${column.key} class=${column.words ? "" : "number"}>${column.show ? column.show(row[column.key]) : row[column.key]}</td>`)}</tr>`)}</tbody>
        </table></div>`}
  </section>`;
}
