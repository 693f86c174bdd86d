using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>What somebody may do with a server.</summary>
public enum AccessRole
{
    /// <summary>Sees what is live, the overview, the log and metrics.</summary>
    [JsonStringEnumMemberName("viewer")]
    Viewer,

    /// <summary>A viewer who also asks tests and what-ifs.</summary>
    [JsonStringEnumMemberName("modeller")]
    Modeller,

    /// <summary>A viewer whose name stands for approvals.</summary>
    [JsonStringEnumMemberName("approver")]
    Approver,

    /// <summary>Runs the server: all that a viewer may, and live decisions and outcomes.</summary>
    [JsonStringEnumMemberName("operator")]
    Operator,

    /// <summary>An application: asks live decisions and reports outcomes, and sees no one else's records.</summary>
    [JsonStringEnumMemberName("caller")]
    Caller,
}
