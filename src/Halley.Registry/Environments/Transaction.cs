using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>What a request is for.</summary>
public enum Transaction
{
    /// <summary>A customer who is not insured here yet.</summary>
    [JsonStringEnumMemberName("new_business")]
    NewBusiness,

    /// <summary>A policy that goes on for another term.</summary>
    [JsonStringEnumMemberName("renewal")]
    Renewal,

    /// <summary>A change within a term: priced by the release of the original decision.</summary>
    [JsonStringEnumMemberName("adjustment")]
    Adjustment,
}
