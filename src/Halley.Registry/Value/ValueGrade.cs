using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>How a figure of money is known. Figures of different grades are never added.</summary>
public enum ValueGrade
{
    /// <summary>Units were assigned to both releases at random in the same weeks, and their outcomes compared.</summary>
    [JsonStringEnumMemberName("randomised_arm")]
    RandomisedArm,

    /// <summary>Both releases answered the same requests; the shadow's outcomes were never seen, so expected values are compared.</summary>
    [JsonStringEnumMemberName("shadow_pair")]
    ShadowPair,

    /// <summary>Outcomes of one release's weeks against those of the weeks before.</summary>
    [JsonStringEnumMemberName("before_after")]
    BeforeAfter,
}
