#include "counters/passports/family_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "counters/checked_json.hpp"

namespace countercheck {
namespace {

std::vector<Recognition> recognitions(const CheckedJson& object) {
  object.allow({"arch", "vendor", "family", "models", "implementer", "parts", "also"});
  Recognition one{.architecture = object.text("arch")};
  if (object.is_there("vendor")) {
    one.vendor = object.text("vendor");
    one.family = object.number("family");
    one.models = object.hexadecimals("models");
    return {one};
  }
  if (object.is_there("implementer")) one.implementer = object.hexadecimal("implementer");
  one.models = object.hexadecimals("parts");
  std::vector<Recognition> all = {one};
  if (object.has("also")) {
    for (const auto& other : object.objects("also")) {
      other.allow({"implementer", "parts", "name"});
      one.implementer = other.hexadecimal("implementer");
      one.models = other.hexadecimals("parts");
      all.push_back(one);
    }
  }
  return all;
}

FamilyEvent event_from(const std::string& name, const CheckedJson& object) {
  FamilyEvent event{.name = name, .note = object.optional_text("note")};
  if (!object.flag("supported")) {
    object.allow({"supported", "reason", "note"});
    event.reason = object.text("reason");
    return event;
  }
  object.allow({"supported", "config", "config1", "alternatives", "native", "libpfm", "level", "requests", "meaning",
                "differs", "note"});
  event.config = object.hexadecimal("config");
  if (object.is_there("config1")) event.config1 = object.hexadecimal("config1");
  event.alternatives = object.optional_texts("alternatives");
  event.native = object.text("native");
  event.libpfm = object.optional_text("libpfm");
  event.level = object.text("level");
  event.requests = object.text("requests");
  event.meaning = object.text("meaning");
  event.differs = object.optional_text("differs");
  return event;
}

Erratum erratum_from(const CheckedJson& object) {
  object.allow({"id", "events", "text", "source"});
  return {.id = object.text("id"),
          .events = object.texts("events"),
          .text = object.text("text"),
          .source = object.text("source")};
}

std::string source_from(const CheckedJson& object) {
  object.allow({"file", "repository", "commit", "note"});
  std::string text = object.text("file");
  if (object.is_there("repository")) {
    text += fmt::format(" ({} at {:.12})", object.text("repository"), object.text("commit"));
  }
  if (object.is_there("note")) text += ": " + object.text("note");
  return text;
}

Family family_from(const CheckedJson& top) {
  top.allow(
      {"family", "name", "recognise", "lacks", "kernel_pmus", "libpfm_pmus", "notes", "sources", "events", "errata"});
  Family family{.id = top.text("family"),
                .name = top.text("name"),
                .recognise = recognitions(top.object("recognise")),
                .lacks = top.optional_texts("lacks"),
                .kernel_pmus = top.texts("kernel_pmus"),
                .libpfm_pmus = top.texts("libpfm_pmus"),
                .notes = top.optional_texts("notes")};
  for (const auto& source : top.objects("sources")) family.sources.push_back(source_from(source));
  for (const auto& [name, event] : top.members("events")) family.events.push_back(event_from(name, event));
  for (const auto& erratum : top.objects("errata")) family.errata.push_back(erratum_from(erratum));
  return family;
}

}  // namespace

const FamilyEvent* Family::event(std::string_view wanted) const {
  const auto found =
      std::find_if(events.begin(), events.end(), [&](const FamilyEvent& event) { return event.name == wanted; });
  return found == events.end() ? nullptr : &*found;
}

std::vector<const Erratum*> Family::errata_of(std::string_view wanted) const {
  std::vector<const Erratum*> found;
  for (const Erratum& erratum : errata) {
    const auto is_about = [&](const std::string& one) { return one == wanted || one == "all"; };
    if (std::any_of(erratum.events.begin(), erratum.events.end(), is_about)) found.push_back(&erratum);
  }
  return found;
}

Family read_family_file(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) {
    throw UserError(Trouble::file, fmt::format("the passport file '{}' cannot be read: {}", file.string(),
                                               std::generic_category().message(errno)));
  }
  nlohmann::json whole;
  try {
    whole = nlohmann::json::parse(stream);
  } catch (const nlohmann::json::parse_error& error) {
    throw UserError(Trouble::file,
                    fmt::format("the passport file '{}' is no whole JSON (at byte {})", file.string(), error.byte));
  }
  Family family = family_from(CheckedJson(whole, {"passport file", file.string()}));
  if (family.id != file.stem().string()) {
    throw UserError(Trouble::file, fmt::format("the passport file '{}': 'family' must be the file's name, not \"{}\"",
                                               file.string(), family.id));
  }
  return family;
}

}  // namespace countercheck
