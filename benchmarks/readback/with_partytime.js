// podcast-partytime, the reader of the Podcast Index, over the same documents.
//
//     node with_partytime.js FOLDER FILE…        FOLDER: where `npm install podcast-partytime` was run
//
// Each item read is one line of JSON: what the reader says of it, in our words for it.
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");

process.env.PARTYTIME_LOG ??= "silent";
const [folder, ...files] = process.argv.slice(2);
const load = createRequire(path.resolve(folder, "package.json"));
const { parseFeed } = load("podcast-partytime");
const lines = [];

for (const file of files) {
  const feed = parseFeed(readFileSync(file, "utf8"), { allowMissingGuid: false });
  if (!feed) throw new Error(`${file}: no feed`);
  for (const item of feed.items) {
    lines.push({
      title: item.title ?? null,
      guid: item.guid,
      link: item.link ?? null,
      enclosure: item.enclosure.url,
      length: item.enclosure.length,
      type: item.enclosure.type,
      duration: item.duration,
      date: item.pubDate ? Math.floor(item.pubDate.getTime() / 1000) : null,
      number: item.itunesEpisode ?? null,
      season: item.itunesSeason ?? null,
      kind: item.itunesEpisodeType ?? null,
      explicit: item.explicit,
      image: item.itunesImage ?? null,
      persons: (item.podcastPeople ?? []).map((one) => [one.name, one.role, one.group, one.href ?? null, one.img ?? null]),
      transcripts: (item.podcastTranscripts ?? []).map((one) => one.url),
      chapters: item.podcastChapters?.url ?? null,
    });
  }
  for (const item of feed.podcastRemoteItems ?? []) {
    lines.push({ feedGuid: item.feedGuid, feedUrl: item.feedUrl ?? null, itemGuid: item.itemGuid ?? null, medium: item.medium ?? null });
  }
}
if (!files.length) lines.push(load("podcast-partytime/package.json").version);
process.stdout.write(lines.map((line) => JSON.stringify(line) + "\n").join(""));
