namespace Halley.Cli;

/// <summary>Every verb, in the order in which help lists them.</summary>
static class Verbs
{
    public static IEnumerable<Verb> All() => [];
}
