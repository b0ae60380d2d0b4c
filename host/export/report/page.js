/**
 * @file The script inside a report: draws the tables from the data in the page, ranks
 * by the sliders and sorts by a column. Text goes in as text, never as markup.
 */
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const heaviest = Math.max(...data.goals.map(({ weight }) => weight));
  /** Only their ratios count; the heaviest goal's slider is full. */
  const own = data.goals.map(({ weight }) => weight / heaviest);
  const state = { weights: [...own], column: 0, descending: true };

  const byId = (id) => document.getElementById(id);

  function element(tag, content, className) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(content ?? '–');
    return made;
  }

  const number = (value) =>
    value === null || value === undefined
      ? '–'
      : String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));
  const cell = (value) => element('td', number(value), 'number');

  /** The same rules as in Amalgam: missing where a score with a weight is missing. */
  const totals = {
    arithmetic: (pairs) => pairs.reduce((sum, [score, weight]) => sum + weight * score, 0),
    geometric: (pairs) => Math.exp(pairs.reduce((sum, [score, weight]) => sum + weight * Math.log(score), 0)),
    product: (pairs) => pairs.reduce((product, [score]) => product * score, 1),
    worst: (pairs) => Math.min(...pairs.map(([score]) => score)),
  };

  function totalOf({ scores }) {
    const sum = state.weights.reduce((all, weight) => all + weight, 0);
    const pairs = state.weights.map((weight, i) => [scores[i], weight / sum]).filter(([, weight]) => weight > 0);
    if (sum === 0 || pairs.some(([score]) => score === null)) return null;
    return totals[data.aggregate](pairs);
  }

  /** Columns of numbers; the first is the total. */
  const columns = [
    { label: 'Total', value: totalOf },
    ...data.goals.map(({ label, unit }, i) => ({
      label: unit ? `${label} (${unit})` : label,
      value: ({ raw }) => raw[i],
    })),
    ...data.goals.map(({ label }, i) => ({ label: `${label}, score`, value: ({ scores }) => scores[i] })),
    ...data.limits.map(({ label }, i) => ({ label: `Limit: ${label}`, value: ({ limits }) => limits[i] })),
    { label: 'Round', value: ({ round }) => round },
    { label: 'Candidate', value: ({ id }) => id },
  ];

  function sorted() {
    const { value } = columns[state.column];
    const keyed = data.candidates.map((candidate) => ({ candidate, key: value(candidate) }));
    const present = keyed.filter(({ key }) => key !== null);
    present.sort((a, b) => (state.descending ? b.key - a.key : a.key - b.key));
    // What has no value comes last, whichever way is up.
    return [...present, ...keyed.filter(({ key }) => key === null)].map(({ candidate }) => candidate);
  }

  function sortBy(column) {
    state.descending = state.column === column ? !state.descending : true;
    state.column = column;
    showCandidates();
  }

  function headings() {
    const row = document.createElement('tr');
    row.append(element('th', '#', 'number'), element('th', data.kind));
    columns.forEach(({ label }, i) => {
      const button = element('button', label);
      button.type = 'button';
      button.addEventListener('click', () => sortBy(i));
      const heading = element('th', button, 'number');
      heading.scope = 'col';
      heading.dataset.column = i;
      row.append(heading);
    });
    return row;
  }

  /** Pictures are images, so that nothing in them can be more than a picture. */
  function picture({ svg }) {
    const image = document.createElement('img');
    image.className = 'picture';
    // The structure stands beside it as text.
    image.alt = '';
    image.src = `data:image/svg+xml;base64,${svg}`;
    return image;
  }

  function candidateRow(candidate, rank) {
    const row = document.createElement('tr');
    const content = document.createDocumentFragment();
    if (candidate.svg) content.append(picture(candidate), document.createElement('br'));
    content.append(candidate.sequence);
    row.append(
      element('td', String(rank), 'number'),
      element('td', content, 'sequence'),
      ...columns.map(({ value }) => cell(value(candidate))),
    );
    return row;
  }

  function showCandidates() {
    byId('candidates').tBodies[0].replaceChildren(...sorted().map((candidate, i) => candidateRow(candidate, i + 1)));
    for (const heading of document.querySelectorAll('#candidates th[data-column]')) {
      const here = Number(heading.dataset.column) === state.column;
      if (here) heading.setAttribute('aria-sort', state.descending ? 'descending' : 'ascending');
      else heading.removeAttribute('aria-sort');
    }
  }

  function slider({ label }, i) {
    const row = element('label', '', 'weight');
    const input = document.createElement('input');
    const shown = element('span', '');
    Object.assign(input, { type: 'range', min: 0, max: 100, step: 1 });
    const update = () => {
      input.value = Math.round(100 * state.weights[i]);
      shown.textContent = number(state.weights[i]);
    };
    input.addEventListener('input', () => {
      state.weights[i] = Number(input.value) / 100;
      shown.textContent = number(state.weights[i]);
      showCandidates();
    });
    row.append(element('span', label), input, shown);
    update();
    return { row, update };
  }

  function plainTable(id, names, rows) {
    const table = byId(id);
    const head = document.createElement('tr');
    head.append(...names.map((name) => Object.assign(element('th', name), { scope: 'col' })));
    table.tHead.append(head);
    for (const values of rows) {
      const row = document.createElement('tr');
      row.append(
        ...values.map((value) => (typeof value === 'number' || value === null ? cell(value) : element('td', value))),
      );
      table.tBodies[0].append(row);
    }
  }

  document.title = data.title;
  byId('title').textContent = data.title;
  byId('summary').textContent = data.summary;
  byId('aggregate').textContent = data.aggregateInWords;
  const sliders = data.goals.map(slider);
  byId('weights').append(...sliders.map(({ row }) => row));
  byId('reset').addEventListener('click', () => {
    state.weights = [...own];
    for (const { update } of sliders) update();
    showCandidates();
  });
  byId('candidates').tHead.append(headings());
  showCandidates();
  plainTable(
    'rounds',
    ['Round', 'Scored', 'Valid', 'Different', 'Total', ...data.goals.map(({ label }) => label)],
    data.rounds,
  );
  plainTable('goals', ['Goal or limit', 'Wanted', 'Weight', 'Parameters'], data.wanted);
  for (const [name, value] of data.facts) byId('facts').append(element('dt', name), element('dd', value));
})();
