// The chart of a span: bars by day that one can point at, and the same as a picture to keep.

import { Component, effect, html } from "./html.js";
import { look } from "./looks.js";

let library = null;

// It is loaded with the first chart. What it brings is a script for pages without modules, so it comes as one.
const uPlot = () =>
  (library ??= new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src: "dashboard/vendor/uPlot.js" });
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "dashboard/vendor/uPlot.css" });
    script.onload = () => done(globalThis.uPlot);
    script.onerror = () => ((library = null), failed(new Error("uPlot")));
    document.head.append(style, script);
  }));

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const HEIGHT = 260;

// `drawn` gets the chart that can be kept as a picture, and null when it has gone.
export class Chart extends Component {
  componentDidMount() {
    this.props.drawn(this);
    this.watch = new ResizeObserver(() => this.plot?.setSize({ width: this.place.clientWidth, height: HEIGHT }));
    this.watch.observe(this.place);
    this.theme = matchMedia("(prefers-color-scheme: dark)");
    this.redraw = () => this.draw();
    this.theme.addEventListener("change", this.redraw);
    this.ends = effect(() => look.value && this.draw());
  }

  shouldComponentUpdate(next) {
    return next.points !== this.props.points || next.labels.join() !== this.props.labels.join();
  }

  componentDidUpdate() {
    this.draw();
  }

  componentWillUnmount() {
    this.gone = true;
    this.props.drawn(null);
    this.watch.disconnect();
    this.theme.removeEventListener("change", this.redraw);
    this.ends();
    this.plot?.destroy();
  }

  async draw() {
    const Plot = await uPlot().catch(() => null);
    if (!Plot || this.gone) return;
    this.plot?.destroy();
    const { points, labels, dayOf } = this.props;
    const answers = points.map((one) => one.answers);
    const tickets = points.map((one) => one.tickets);
    const both = points.map((one) => one.answers + one.tickets);
    const bars = Plot.paths.bars({ size: [0.7, 48] });
    const axis = { stroke: color("--quiet"), font: "13px system-ui", grid: { stroke: color("--edge"), width: 1 }, ticks: { show: false } };
    const day = (at) => (points[at] ? dayOf(points[at].since) : "");
    const whole = (_plot, marks) => marks.map((mark) => (Number.isInteger(mark) ? mark : ""));
    const series = (label, values, name) => ({ label, fill: color(name), stroke: color(name), width: 0, paths: bars, points: { show: false }, value: (_plot, _raw, _series, at) => (at === null ? "–" : values[at]) });
    const options = {
      width: this.place.clientWidth,
      height: HEIGHT,
      scales: { x: { time: false, range: [-0.6, points.length - 0.4] }, y: { range: (_plot, _least, most) => [0, Math.max(1, most * 1.1)] } },
      axes: [{ ...axis, grid: { show: false }, values: (_plot, marks) => marks.map((mark) => (Number.isInteger(mark) ? day(mark) : "")) }, { ...axis, size: 46, values: whole }],
      series: [{ value: (_plot, at) => (at === null ? "–" : day(at)), label: labels[2] }, series(labels[1], tickets, "--chart-people"), series(labels[0], answers, "--chart-bot")],
      cursor: { drag: { x: false, y: false }, points: { show: false } },
    };
    this.plot = new Plot(options, [points.map((_, at) => at), both, answers], this.place);
  }

  // What is seen, with a title and what the colours mean, on a background of its own.
  async picture(title) {
    if (!this.plot) return null;
    const chart = this.plot.ctx.canvas;
    const scale = devicePixelRatio;
    const paper = document.createElement("canvas");
    paper.width = chart.width + 32 * scale;
    paper.height = chart.height + 88 * scale;
    const pen = paper.getContext("2d");
    pen.fillStyle = color("--bg");
    pen.fillRect(0, 0, paper.width, paper.height);
    pen.fillStyle = color("--text");
    pen.font = `600 ${17 * scale}px system-ui`;
    pen.fillText(title, 16 * scale, 28 * scale);
    pen.drawImage(chart, 16 * scale, 44 * scale);
    pen.font = `${14 * scale}px system-ui`;
    let left = 16 * scale;
    const line = chart.height + 68 * scale;
    for (const [words, name] of [[this.props.labels[0], "--chart-bot"], [this.props.labels[1], "--chart-people"]]) {
      pen.fillStyle = color(name);
      pen.fillRect(left, line - 11 * scale, 12 * scale, 12 * scale);
      pen.fillStyle = color("--text");
      pen.fillText(words, left + 18 * scale, line);
      left += 42 * scale + pen.measureText(words).width;
    }
    return new Promise((done) => paper.toBlob(done, "image/png"));
  }

  render() {
    return html`<div class="chart" role="img" aria-label=${this.props.title} ref=${(place) => (this.place = place)}></div>`;
  }
}
