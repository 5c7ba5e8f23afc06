// Files of lines, as addresses that a browser can show: straight from the server, or, in a frame of Telegram's that gets
// no cookies, fetched first.

import { bearing, headers } from "./api.js";
import { Component } from "./html.js";
import { keepFrom } from "./keep.js";

export const pathOf = (line, what = "file") => `api/desk/lines/${line.id}/${what}`;

export const isPicture = (line) => /^image\/(jpeg|png|webp|gif)$/.test(line.file.mime ?? "");

// Why a file cannot be shown, as a key of the texts.
export async function trouble(path) {
  const answer = await fetch(path, { headers: headers({ Range: "bytes=0-0" }) }).catch(() => null);
  return { 410: "file_gone", 413: "file_too_big" }[answer?.status] ?? "file_away";
}

async function fetched(path) {
  const answer = await fetch(path, { headers: headers() });
  if (!answer.ok) throw new Error(String(answer.status));
  return URL.createObjectURL(await answer.blob());
}

// Keeps a file under its name.
export async function save(event, line) {
  if (!bearing()) return;
  event.preventDefault();
  await keepFrom(`lines/${line.id}/file`, { keep: true }, line.file.name ?? "file");
}

// Draws its child with an address, once there is one.
export class Source extends Component {
  componentDidMount() {
    if (!bearing()) return;
    fetched(this.props.path).then(
      (address) => this.setState({ address }),
      () => this.props.failed(),
    );
  }

  componentWillUnmount() {
    if (this.state.address) URL.revokeObjectURL(this.state.address);
  }

  render() {
    const address = bearing() ? this.state.address : this.props.path;
    return address ? this.props.draw(address) : null;
  }
}
