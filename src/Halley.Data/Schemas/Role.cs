namespace Halley.Data;

/// <summary>What a field is used for.</summary>
public enum Role
{
    Feature,
    Target,

    /// <summary>Years at risk; the field's kind is then <see cref="FieldKind.Exposure"/>.</summary>
    Exposure,

    /// <summary>Case weight: weight 2 equals the row twice.</summary>
    Weight,

    /// <summary>A known part of the linear predictor, on the link scale.</summary>
    Offset,
    Id,

    /// <summary>Names the part (learn, validation, test) that a row belongs to.</summary>
    Split,
    Date,

    /// <summary>Carried along, used for nothing.</summary>
    Ignore,
}
