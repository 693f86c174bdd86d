using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>The one meaning of <see cref="ColumnOperation"/>.</summary>
static class ColumnOperations
{
    internal static double Of(ColumnOperation operation, double x, double y) =>
        operation switch
        {
            ColumnOperation.Add => x + y,
            ColumnOperation.Subtract => x - y,
            ColumnOperation.SubtractFrom => y - x,
            ColumnOperation.Multiply => x * y,
            ColumnOperation.Divide => x / y,
            ColumnOperation.DivideInto => y / x,
            ColumnOperation.Power => VectorMath.Pow(x, y),
            ColumnOperation.Minimum => Math.Min(x, y),
            ColumnOperation.Maximum => Math.Max(x, y),
            ColumnOperation.Exp => VectorMath.Exp(x),
            ColumnOperation.Log => VectorMath.Log(x),
            ColumnOperation.Sqrt => Math.Sqrt(x),
            ColumnOperation.Square => x * x,
            ColumnOperation.Abs => Math.Abs(x),
            ColumnOperation.Floor => Math.Floor(x),
            ColumnOperation.Ceiling => Math.Ceiling(x),
            ColumnOperation.Truncate => Math.Truncate(x),
            ColumnOperation.Sigmoid => VectorMath.Logistic(x),
            ColumnOperation.Above => x > y ? 1 : 0,
            ColumnOperation.Equals => x == y ? 1 : 0,
            ColumnOperation.IsMissing => double.IsNaN(x) ? 1 : 0,
            ColumnOperation.Not => x == 0 ? 1 : 0,
            ColumnOperation.Constant => y,
            _ => x,
        };
}
