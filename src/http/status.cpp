#include "http/status.hpp"

#include <algorithm>
#include <iterator>

namespace yunzhi::http {
namespace {

struct Entry {
  int status;
  std::string_view reason;
  std::string_view simplified;
  std::string_view traditional;
};

constexpr Entry entries[] = {
    {100, "Continue", "继续", "繼續"},
    {200, "OK", "成功", "成功"},
    {201, "Created", "已创建", "已建立"},
    {202, "Accepted", "已受理", "已受理"},
    {204, "No Content", "无内容", "無內容"},
    {206, "Partial Content", "部分内容", "部分內容"},
    {301, "Moved Permanently", "已永久移动", "已永久移動"},
    {302, "Found", "已移动", "已移動"},
    {303, "See Other", "请见他处", "請見他處"},
    {304, "Not Modified", "未修改", "未修改"},
    {307, "Temporary Redirect", "临时转向", "暫時轉向"},
    {308, "Permanent Redirect", "永久转向", "永久轉向"},
    {400, "Bad Request", "请求有误", "請求有誤"},
    {401, "Unauthorized", "尚未登录", "尚未登入"},
    {403, "Forbidden", "没有权限", "沒有權限"},
    {404, "Not Found", "找不到", "找不到"},
    {405, "Method Not Allowed", "不支持此方法", "不支援此方法"},
    {406, "Not Acceptable", "无法接受", "無法接受"},
    {408, "Request Timeout", "请求超时", "請求逾時"},
    {409, "Conflict", "内容冲突", "內容衝突"},
    {410, "Gone", "已不存在", "已不存在"},
    {411, "Length Required", "缺少长度", "缺少長度"},
    {412, "Precondition Failed", "内容已被他人修改", "內容已被他人修改"},
    {413, "Content Too Large", "内容过大", "內容過大"},
    {414, "URI Too Long", "地址过长", "網址過長"},
    {415, "Unsupported Media Type", "不支持的内容类型", "不支援的內容類型"},
    {416, "Range Not Satisfiable", "范围无效", "範圍無效"},
    {417, "Expectation Failed", "无法满足期望", "無法滿足期望"},
    {422, "Unprocessable Content", "内容不符合要求", "內容不符合要求"},
    {428, "Precondition Required", "缺少前提条件", "缺少前提條件"},
    {429, "Too Many Requests", "请求过于频繁", "請求過於頻繁"},
    {431, "Request Header Fields Too Large", "请求头过大", "請求標頭過大"},
    {500, "Internal Server Error", "服务器内部错误", "伺服器內部錯誤"},
    {501, "Not Implemented", "不支持此操作", "不支援此操作"},
    {502, "Bad Gateway", "上游服务出错", "上游服務出錯"},
    {503, "Service Unavailable", "服务暂时不可用", "服務暫時無法使用"},
    {504, "Gateway Timeout", "上游服务超时", "上游服務逾時"},
    {505, "HTTP Version Not Supported", "不支持此 HTTP 版本", "不支援此 HTTP 版本"},
    {507, "Insufficient Storage", "存储空间不足", "儲存空間不足"},
};

Entry const* find(int status) {
  auto const* found = std::lower_bound(std::begin(entries), std::end(entries), status,
                                       [](Entry const& entry, int code) { return entry.status < code; });
  return found != std::end(entries) && found->status == status ? found : nullptr;
}

}  // namespace

std::string_view reason_of(int status) {
  auto const* entry = find(status);
  return entry ? entry->reason : std::string_view();
}

std::string_view status_title(int status, std::string_view language) {
  auto const* entry = find(status);
  if (!entry) return {};
  if (language == "zh-CN") return entry->simplified;
  if (language == "zh-TW") return entry->traditional;
  return entry->reason;
}

}  // namespace yunzhi::http
