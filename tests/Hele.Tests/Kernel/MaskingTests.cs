using Hele.Civic.Kernel;
using Xunit;

namespace Hele.Tests.Kernel;

public class MaskingTests
{
    [Theory]
    [InlineData("梁志强", "梁某", "梁**")]
    [InlineData("赵敏", "赵某", "赵*")]
    [InlineData("欧阳兰", "欧阳某", "欧阳*")]
    [InlineData("欧阳", "欧某", "欧*")]
    [InlineData("𠮷田祥", "𠮷某", "𠮷**")]
    [InlineData("阿依古丽·买买提", "阿某", "阿**")]
    [InlineData(" 王 ", "王某", "王*")]
    [InlineData("", "", "")]
    public void Name_ByLengthAndSurname_IsShortened(string name, string somebody, string stars)
    {
        Assert.Equal(somebody, Masking.Surname(name));
        Assert.Equal(stars, Masking.Name(name));
    }

    [Fact]
    public void Surname_InEnglish_EndsInAStar() => Assert.Equal("梁*", Masking.Surname("梁志强", "en"));

    [Theory]
    [InlineData("13912340000", "139****0000")]
    [InlineData("+86 139-1234-0000", "139****0000")]
    [InlineData("１３９１２３４００００", "139****0000")]
    [InlineData("0371-63881234", "**********34")]
    [InlineData("12345", "*****")]
    [InlineData("", "")]
    public void Phone_ByLength_IsShortened(string phone, string masked) => Assert.Equal(masked, Masking.Phone(phone));

    [Theory]
    [InlineData("11010519491231002X", "1****************X")]
    [InlineData("123", "***")]
    public void IdentityNumber_Any_KeepsTheEndsOnly(string number, string masked) => Assert.Equal(masked, Masking.IdentityNumber(number));

    [Theory]
    [InlineData("柳荫路12号院3号楼2单元501室", "柳荫路12号院")]
    [InlineData("柳荫路１２号院 ３号楼", "柳荫路12号院")]
    [InlineData("钢窗厂小区5号楼", "钢窗厂小区")]
    [InlineData("钢窗厂小区3-2-501", "钢窗厂小区")]
    [InlineData("柳荫路12号院", "柳荫路12号院")]
    [InlineData("柳荫路88号", "柳荫路")]
    [InlineData("柳荫路88号3楼", "柳荫路")]
    [InlineData("幸福里甲3栋二单元", "幸福里")]
    [InlineData("五一路与柳荫路口", "五一路与柳荫路口")]
    [InlineData("3号楼2单元", "")]
    [InlineData("", "")]
    public void BuildingGroup_Address_IsCutBeforeTheBuilding(string address, string group) => Assert.Equal(group, Masking.BuildingGroup(address));
}
