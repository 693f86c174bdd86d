using System.Text.Json.Serialization;
using Halley.Data;

namespace Halley.Registry;

/// <summary>Who did something, and whether an authentication vouches for it.</summary>
/// <param name="Name">The person's or program's name as given or as authenticated.</param>
/// <param name="IsVerified">False where the name was only claimed, for example on a command line.</param>
public sealed record Actor(string Name, [property: JsonIgnore] bool IsVerified)
{
    /// <summary>The name as given, vouched for by nobody.</summary>
    public static Actor Unverified(string name) => new(name, false);

    [JsonConstructor]
    internal Actor(string name, string identity)
        : this(name, identity == "verified") { }

    /// <summary><c>verified</c> or <c>unverified</c>: the word that records and pages carry.</summary>
    public string Identity => IsVerified ? "verified" : "unverified";

    /// <summary>Whether both names mean one person: letter case and outer spaces do not make two people.</summary>
    public bool IsSamePerson(Actor other) => string.Equals(Name.Trim(), other.Name.Trim(), StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"{Name} (identity: {Identity})";

    /// <exception cref="HalleyException">HLY5109: the name is empty.</exception>
    internal Actor Check() =>
        string.IsNullOrWhiteSpace(Name)
            ? throw new HalleyException(
                "HLY5109",
                "nobody is named as the one who does this. Give a name, for example --by alice."
            )
            : this;
}
